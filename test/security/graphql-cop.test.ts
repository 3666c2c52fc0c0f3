import { describe, expect, it } from 'vitest';
import { codeOf, get, post, send, withGateway } from './gateway.js';

/** The checks of the auditing tool graphql-cop, each of which has to find nothing. */
for (const [title, environment] of [
  ['A gateway as it is run at first', {}],
  ['A gateway in production', { NODE_ENV: 'production' }],
] as const)
  describe(`${title} is not open to`, () => {
    const gateway = withGateway(environment);
    const ask = (query: string) => send(gateway().url, { query });

    it('alias overloading', async () => {
      const aliases = Array.from({ length: 101 }, (_, n) => `alias${n}: __typename`);
      const answer = await ask(`query cop { ${aliases.join(' \n')} }`);
      expect(answer.body.data).toBeUndefined();
      expect(codeOf(answer)).toBe('COST_LIMIT_EXCEEDED');
      expect(answer.text).toContain('expected at most 60 aliases, got 101');
    });

    it('batches of queries in an array', async () => {
      const batch = Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' }));
      const answer = await send(gateway().url, batch);
      expect(answer.status).toBe(400);
      expect(codeOf(answer)).toBe('BAD_USER_INPUT');
      expect(answer.body).not.toBeInstanceOf(Array);
    });

    it('directive overloading', async () => {
      const answer = await ask(`query cop { __typename ${'@aa'.repeat(10)} }`);
      expect(answer.body.errors).toHaveLength(1);
      expect(codeOf(answer)).toBe('COST_LIMIT_EXCEEDED');
      const known = await ask(`query cop { __typename ${'@include(if: true)'.repeat(10)} }`);
      expect(codeOf(known)).toBe('COST_LIMIT_EXCEEDED');
    });

    it('circular introspection', async () => {
      const answer = await ask(
        'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
      );
      expect(answer.body.data).toBeUndefined();
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    });

    it('field duplication', async () => {
      const atRoot = await ask(`query cop { ${'__typename \n'.repeat(500)} }`);
      expect(codeOf(atRoot)).toBe('COST_LIMIT_EXCEEDED');
      const below = await ask(`query cop { platformStats { ${'totalPlays \n'.repeat(500)} } }`);
      expect(codeOf(below)).toBe('COST_LIMIT_EXCEEDED');
    });

    it('mutations by GET', async () => {
      for (const query of ['mutation cop { __typename }', 'mutation cop { clearQueryMetrics }']) {
        const answer = await get(gateway().url, { query });
        expect(answer.body.data).toBeUndefined();
        expect(answer.status).toBe(405);
      }
    });

    it('queries by GET that another page could have made a browser send', async () => {
      const answer = await get(gateway().url, { query: 'query cop { __typename }' }, {});
      expect(answer.body.data).toBeUndefined();
      expect(answer.status).toBe(400);
    });

    it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
      'bodies of another page, as %s',
      async (type) => {
        for (const body of ['query=query cop { __typename }', '{"query":"query cop { __typename }"}']) {
          const answer = await post(gateway().url, body, { 'content-type': type });
          expect(answer.body.data).toBeUndefined();
          expect(answer.status).toBe(415);
        }
      },
    );

    it('tracing', async () => {
      const answer = await post(gateway().url, '{"query":"query cop { __typename }"}', {
        'content-type': 'application/json',
        'apollo-tracing': '1',
        'apollo-federation-include-trace': 'ftv1',
        'x-apollo-tracing': '1',
      });
      expect(answer.body).toEqual({ data: { __typename: 'Query' } });
    });

    it('errors that nobody handles', async () => {
      for (const text of [
        'qwerty cop { abc }',
        'query cop { __typename',
        '\u0000',
        '{ artist(address: 1e999) { artistName } }',
      ]) {
        const answer = await ask(text);
        expect(answer.status).toBe(400);
        expect(answer.text).not.toMatch(/stacktrace|exception|node_modules|\.js:\d/);
        expect(Object.keys(answer.body.errors?.[0]?.extensions ?? {}).sort()).toEqual(['code', 'requestId']);
      }
    });

    it('GraphiQL or Playground at the usual places', async () => {
      for (const path of [
        '/',
        '/graphiql',
        '/playground',
        '/console',
        '/graphql/console',
        '/altair',
        '/voyager',
      ]) {
        const response = await fetch(`${gateway().url}${path}`, { headers: { accept: 'text/html' } });
        expect(await response.text(), path).not.toMatch(
          /graphiql\.min\.css|GraphQL Playground|graphql-playground/i,
        );
      }
    });
  });

describe('A gateway in production', () => {
  const gateway = withGateway({ NODE_ENV: 'production' });

  it('does not describe its schema to the public', async () => {
    for (const query of [
      'query cop { __schema { types { name fields { name } } } }',
      '{ __type(name: "Song") { fields { name } } }',
      '{ ...F } fragment F on Query { ... { __schema { queryType { name } } } }',
    ]) {
      const answer = await send(gateway().url, { query });
      expect(answer.body.data).toBeUndefined();
      expect(codeOf(answer)).toBe('FORBIDDEN');
      expect((await gateway().ask(query, {}, '0xa11ce')).status).toBe(403);
    }
  });

  it('describes it to operators', async () => {
    const answer = await gateway().ask('{ __schema { mutationType { name } } }', {}, 'operator');
    expect(answer.data).toEqual({ __schema: { mutationType: { name: 'Mutation' } } });
  });

  it.each([
    ['fields', '{ trendingSong { title } }', {}],
    ['fields of a type', '{ trendingSongs { titel } }', {}],
    ['arguments', '{ trendingSongs(frist: 1) { title } }', {}],
    ['enum values', '{ popularSongs(strategy: AUCTIO) { title } }', {}],
    [
      'enum values in variables',
      'query ($s: Strategy) { popularSongs(strategy: $s) { title } }',
      { s: 'AUCTIO' },
    ],
    ['types', 'query ($s: Strateg) { popularSongs(strategy: $s) { title } }', {}],
    ['fields of inputs', '{ songs(filter: { titl: { eq: "x" } }) { totalCount } }', {}],
  ])('does not suggest %s that look like what was asked for', async (_what, query, variables) => {
    const answer = await send(gateway().url, { query, variables });
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.length).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/did you mean/i);
  });
});

describe('A gateway as it is run at first', () => {
  const gateway = withGateway();

  it('describes its schema and suggests names, because explorers need it', async () => {
    const types = await send(gateway().url, { query: '{ __schema { queryType { name } } }' });
    expect(types.body.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    expect((await send(gateway().url, { query: '{ trendingSong { title } }' })).text).toMatch(/Did you mean/);
  });

  it('names the values of an enum where none is spelled alike, and the place of a literal that does not fit', async () => {
    const query = `{
      songs(orderBy: [{ field: PLAYS }]) { nodes { title } }
      platformStats { series(from: "2026-11-01", timeZone: "Mars") { timeZone } }
      artist(address: "artist-1") { artistName }
    }`;
    const { errors } = JSON.parse((await send(gateway().url, { query })).text) as {
      errors: { message: string; locations?: { line: number }[] }[];
    };
    expect(errors.map(({ message, locations }) => [message.slice(0, 60), locations?.[0]?.line])).toEqual([
      ['Value "PLAYS" does not exist in "SongOrderField" enum. Expec', 2],
      ['DateTime: expected RFC 3339 such as "2026-01-31T12:00:00Z", ', 3],
      ['TimeZone: expected the IANA name of a time zone such as "Eur', 3],
      ['Address: expected 0x and 1 to 64 hexadecimal digits, got "ar', 4],
    ]);
    expect(errors[0]?.message).toMatch(/ Expected one of .*PLAY_COUNT.*\.$/);
    const byVariable = await send(gateway().url, {
      query: 'query ($by: SongOrderField!) { songs(orderBy: [{ field: $by }]) { nodes { title } } }',
      variables: { by: 'PLAYS' },
    });
    expect(byVariable.body.errors?.[0]?.message).toMatch(/ Expected one of .*PLAY_COUNT.*\.$/);
  });

  it('does so without the names of what only operators may see', async () => {
    const answer = await send(gateway().url, { query: '{ __schema { types { name } } }' });
    expect(answer.text).not.toMatch(/Monitoring|Mutation|ListenerFilter/);
  });
});
