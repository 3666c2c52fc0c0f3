import fc from 'fast-check';
import {
  executeSync,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isEnumType,
  isListType,
  isObjectType,
  isScalarType,
  parse,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { schemaFor } from '../../src/auth/visible-schema.js';
import * as operations from '../../src/client/operations.js';
import { defaultLimits } from '../../src/config/limits.js';
import { costOf } from '../../src/limits/cost/cost.js';
import { costFault } from '../../src/limits/cost/cost-limit.js';
import { knownCosts } from '../../src/limits/cost/known-costs.js';
import { knownObjects } from '../../src/limits/cost/known-objects.js';
import { knownLists, sizeArguments } from '../../src/limits/cost/list-sizes.js';
import { weighWithheldCounts } from '../../src/limits/cost/withheld-counts.js';
import { documentFault } from '../../src/limits/documents/document-fault.js';
import { createSchema } from '../../src/schema/schema.js';
import { dashboard, tileCount } from './dashboard.js';

let schema: GraphQLSchema;
let publicSchema: GraphQLSchema;
beforeAll(async () => {
  schema = await createSchema();
  publicSchema = schemaFor(schema, 'public');
});

function costOfOperation(
  text: string,
  variables: Record<string, unknown> = {},
  name: string | null = null,
  over = schema,
) {
  const document = parse(text);
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error('Expected an operation.');
  const { coerced, errors } = getVariableValues(over, operation.variableDefinitions ?? [], variables);
  if (!coerced) throw new Error(String(errors));
  return costOf(over, document, operation, coerced);
}

function cost(...args: Parameters<typeof costOfOperation>): number {
  return costOfOperation(...args).requested;
}

describe('Where small counts of listeners are withheld', () => {
  it.each([
    ['{ platformStats { totalListeners } }', 2_000],
    ['{ platformStats { listenersSuppressed } }', 2_000],
    ['{ artists(first: 20) { nodes { uniqueListeners } } }', 20 * 10],
    ['{ artists(first: 20) { nodes { listenersSuppressed } } }', 20 * 10],
    [
      '{ artists(first: 1, orderBy: [{ field: UNIQUE_LISTENERS, direction: DESC }]) { nodes { artistName } } }',
      4_000,
    ],
    [
      '{ artists(first: 1, filter: { not: { or: [{ uniqueListeners: { gt: 5 } }] } }) { nodes { artistName } } }',
      4_000,
    ],
    ['{ artists(filter: { uniqueListeners: { gt: 5 } }) { totalCount } }', 4_000],
    ['{ artists(orderBy: [{ field: UNIQUE_LISTENERS, direction: DESC }]) { totalCount } }', 0],
    [
      '{ artists(first: 1, orderBy: [{ field: UNIQUE_LISTENERS, direction: DESC }]) { totalCount nodes { artistName } } }',
      4_000,
    ],
    [
      '{ artists(first: 1, filter: { uniqueListeners: { gt: 5 } }) { totalCount nodes { artistName } } }',
      8_000,
    ],
    ['{ artists(first: 1, orderBy: [{ field: TOTAL_PLAYS, direction: DESC }]) { nodes { artistName } } }', 0],
    ['{ songs(first: 20, filter: { uniqueListeners: { gt: 5 } }) { nodes { uniqueListeners } } }', 0],
    ['{ platformStats { totalPlays } }', 0],
  ])('%s costs %i units more', async (document, more) => {
    const withholding = schemaFor(await createSchema(), 'public');
    weighWithheldCounts(withholding);
    const { requested } = costOfOperation(document, {}, null, withholding);
    expect(requested).toBe(cost(document) + more);
  });
});

describe('A cost that is remembered', () => {
  it.each([
    [
      'query Q($n: Int, $more: Boolean = true, $genre: String) { trendingSongs(first: $n, genre: $genre) { title genre @include(if: $more) ...More @skip(if: $more) } } fragment More on Song { artist { artistName } }',
      [{ n: 3 }, { n: 4 }, { n: 4, more: false }, { n: 3, genre: 'Rock' }, {}, { n: 3 }],
      [56, 58, 78, 56, 90, 56],
    ],
    [
      'query Q($n: Int = 5, $o: Int) { artists(first: $n) { nodes { songs(last: $o) { nodes { title } } } } }',
      [{}, { n: 5 }, { o: 2 }, { n: 2, o: 2 }],
      [406, 406, 316, 157],
    ],
    [
      'query Q($ids: [ID!]!) { nodes(ids: $ids) { id ... on Song { title } } }',
      [{ ids: ['a'] }, { ids: ['a', 'b', 'c'] }, { ids: 'a' }, { ids: [] }],
      [52, 56, 52, 50],
    ],
  ])('is what would be counted anew, whatever came before: %s', (text, each, expected) => {
    const document = parse(text);
    const operation = getOperationAST(document)!;
    const known = knownCosts(schema, document, operation);
    const seen = [...each, ...each].map((variables) => {
      const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
      expect(known(coerced!)).toEqual(costOf(schema, document, operation, coerced!));
      return known(coerced!).requested;
    });
    expect(seen).toEqual([...expected, ...expected]);
  });

  it('is what would be counted anew for filters of every shape', () => {
    const document = parse(`query Q($filter: SongFilter, $text: String, $genres: [String!], $plays: BigInt) {
      songs(filter: $filter) { totalCount nodes { title } }
      others: songs(filter: { title: { contains: $text }, or: [{ genre: { in: $genres } }, { playCount: { gt: $plays } }] }) { totalCount }
    }`);
    const operation = getOperationAST(document)!;
    const known = knownCosts(schema, document, operation);
    const text = fc.string({ maxLength: 12 });
    const condition = fc.oneof(
      fc.record({ title: fc.oneof(fc.record({ contains: text }), fc.record({ eq: text })) }),
      fc.record({ genre: fc.record({ in: fc.array(text, { maxLength: 20 }) }) }),
      fc.record({ playCount: fc.record({ gt: fc.nat(), lt: fc.nat() }, { requiredKeys: [] }) }),
    );
    const filter = fc.oneof(
      condition,
      fc.record({ and: fc.array(condition, { maxLength: 3 }) }),
      fc.record({ or: fc.array(condition, { maxLength: 3 }), not: condition }),
    );
    const variables = fc.record(
      { filter, text, genres: fc.array(text, { maxLength: 20 }), plays: fc.nat() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(variables, (given) => {
        const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
        expect(known(coerced!)).toEqual(costOf(schema, document, operation, coerced!));
      }),
      { numRuns: 1_000 },
    );
  });

  it('counts anew after a flood of sizes', () => {
    const document = parse('query Q($n: Int) { trendingSongs(first: $n) { title } }');
    const known = knownCosts(schema, document, getOperationAST(document)!);
    for (let n = 0; n < 500; n++) expect(known({ n }).requested).toBe(50 + n);
    expect(known({ n: 7 })).toMatchObject({ requested: 57, longest: { argument: 'first', size: 7 } });
  });
});

describe('The cost of an operation', () => {
  it.each([
    ['a value costs 1 and an object 5', '{ platformStats { totalPlays totalSongs } }', 5 + 2],
    ['a name of a type costs as much as a value', '{ a: __typename b: __typename }', 2],
    ['a list costs 50 and its rows', '{ trendingSongs(first: 3) { title genre } }', 50 + 3 * 2],
    ['a list is as long as its default says', '{ trendingSongs { title } }', 50 + 20],
    ['a size of null is the usual one', '{ topSongsThisWeek(first: null) { title } }', 50 + 100],
    ['a page costs 50 and its rows', '{ songs(first: 7) { nodes { title } } }', 50 + 1 + 7],
    ['a page is 20 rows long when nobody says so', '{ songs { nodes { title } } }', 50 + 1 + 20],
    ['the last rows cost what the first do', '{ songs(last: 7) { nodes { title } } }', 50 + 1 + 7],
    ['counting all rows costs 300', '{ songs(first: 1) { totalCount } }', 50 + 300],
    [
      'counting the rows of one object costs 100',
      '{ artists(first: 1) { nodes { songs { totalCount } } } }',
      50 + 1 + 50 + 100,
    ],
    [
      'a filter costs a look at all rows, and each of its conditions',
      '{ songs(first: 1, filter: { playCount: { gt: 1 }, genre: { eq: "Rock" } }) { nodes { title } } }',
      50 + 400 + 2 * 140 + 1 + 1,
    ],
    [
      'a part of a text costs as much as many other conditions, and by its length',
      '{ songs(first: 1, filter: { title: { contains: "moss" } }) { nodes { title } } }',
      50 + 400 + 2_700 + 4 * 25 + 1 + 1,
    ],
    [
      'a list costs by its values, of which sixteen count',
      `{ songs(first: 1, filter: { or: [{ genre: { in: ["a", "b"] } }, { genre: { notIn: ${JSON.stringify(Array.from({ length: 500 }, String))} } }] }) { nodes { title } } }`,
      50 + 400 + 2 * 140 + (2 + 16) * 140 + 1 + 1,
    ],
    [
      'a filter costs once more where its rows are counted, too',
      '{ songs(first: 1, filter: { playCount: { gt: 1 } }) { totalCount nodes { title } } }',
      50 + 540 + 300 + 540 + 1 + 1,
    ],
    [
      'where rows are only counted nothing is paid for reading them',
      '{ songs(filter: { playCount: { gt: 1 } }, orderBy: [{ field: TITLE }]) { totalCount } }',
      50 + 300 + 540,
    ],
    [
      'an ordering without an index costs sorting all rows',
      '{ songs(first: 1, orderBy: [{ field: TITLE }, { field: GENRE }]) { nodes { title } } }',
      50 + 1_000 + 150 + 1 + 1,
    ],
    [
      'an ordering that an index has costs nothing',
      '{ songs(first: 1, orderBy: [{ field: TRENDING_SCORE, direction: DESC }]) { nodes { title } } }',
      50 + 1 + 1,
    ],
    [
      'an ordering costs sorting when an index has only its first column, because all rows may be equal in it',
      '{ a: songs(first: 1, orderBy: [{ field: TRENDING_SCORE }]) { nodes { title } } b: songs(first: 1, orderBy: [{ field: PLAY_COUNT, direction: DESC }, { field: TITLE }]) { nodes { title } } }',
      50 + 1_000 + 1 + 1 + (50 + 1_000 + 150 + 1 + 1),
    ],
    [
      'descending names cost sorting, because the index has the artists without a name at the other end',
      '{ a: artists(first: 1, orderBy: [{ field: ARTIST_NAME }]) { nodes { artistName } } b: artists(first: 1, orderBy: [{ field: ARTIST_NAME, direction: DESC }]) { nodes { artistName } } }',
      50 + 1 + 1 + (50 + 1_000 + 1 + 1),
    ],
    [
      'a search costs by its words',
      '{ searchSongs(query: "a b  c", first: 1) { title } }',
      50 + 400 + 2_700 + 2 * 1_500 + 1,
    ],
    [
      'the filter of the songs of one artist costs little',
      '{ artists(first: 2) { nodes { songs(first: 1, filter: { title: { contains: "moss" }, playCount: { gt: 1 } }) { nodes { title } } } } }',
      50 + 1 + 2 * (50 + 20 + 1 + 1 + 1 + 1),
    ],
    [
      'edges cost what nodes do and what is in them',
      '{ songs(first: 10) { edges { cursor node { title } } pageInfo { hasNextPage } } }',
      50 + (1 + 10 * (1 + 1 + 1)) + (1 + 1),
    ],
    [
      'lists in lists multiply',
      '{ artists(first: 10) { nodes { songs(first: 10) { nodes { title } } } } }',
      50 + 1 + 10 * (50 + 1 + 10),
    ],
    [
      'a series costs 20, and its buckets with their fields',
      '{ platformStats { series(last: 90) { buckets { start plays } } } }',
      5 + 20 + 90 + 1 + 90 * 2,
    ],
    [
      'a series has 30 buckets when nobody says so',
      '{ platformStats { series { from totals { plays } } activeListeners { buckets { listeners } } } }',
      5 + (20 + 30 + 1 + 1 + 1) + (20 + 30 + 1 + 30),
    ],
    [
      'a series between two instants has at most the buckets that fit between them',
      '{ platformStats { series(granularity: HOUR, from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z") { buckets { plays } } } }',
      5 + 20 + 25 + 1 + 25,
    ],
    [
      'a series up to the last refresh costs as much as the longest',
      '{ platformStats { series(granularity: YEAR, from: "2026-01-01T00:00:00Z") { buckets { plays } } } }',
      5 + 20 + 1_000 + 1 + 1_000,
    ],
    [
      'what a series is compared with costs as much as the series',
      '{ platformStats { series(last: 10, compareTo: PREVIOUS_YEAR) { previous { buckets { plays } } previousToDate { plays } } } }',
      5 + (20 + 10) + (20 + 10 + 1 + 10) + (20 + 10 + 1),
    ],
    [
      'series in lists multiply',
      '{ trendingSongs(first: 10) { series(last: 7) { buckets { plays } } } }',
      50 + 10 * (20 + 7 + 1 + 7),
    ],
    [
      'revised figures cost once for each edition',
      '{ chartEdition { entries(first: 10) { ...Revised } } } fragment Revised on ChartEditionEntry { revisedPlays revisedRank }',
      5 + 50 + 5_000 + 10 * 2,
    ],
    [
      'revised figures in a history cost for each entry, which are in different editions',
      '{ song(id: "1") { chartHistory(first: 2) { rank revisedRank } } }',
      5 + 50 + 2 * 5_000 + 2 * 2,
    ],
    [
      'objects in lists multiply',
      '{ trendingSongs(first: 10) { artist { artistName } } }',
      50 + 10 * (5 + 1),
    ],
    [
      'the open statement of an artist costs 20, because it is added up from the plays of its songs',
      '{ artists(first: 10) { nodes { openStatement { earnings } } } }',
      50 + 1 + 10 * (20 + 1),
    ],
    [
      'what is written twice counts twice',
      '{ platformStats { totalPlays } platformStats { totalPlays } }',
      12,
    ],
    ['what is left out costs nothing', '{ platformStats { totalPlays @skip(if: true) totalSongs } }', 6],
    ['a negative size costs nothing, and is refused elsewhere', '{ trendingSongs(first: -1) { title } }', 50],
    ['describing the schema costs 1000', '{ __schema { types { name } } }', 1_000],
    ['a list without a size is taken to be as long as it is known to be', '{ genres { genre } }', 50 + 50],
  ])('%s', (_what, text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  it('of the description of the schema follows its size, and one is within the public’s limit', () => {
    const whole = cost(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }));
    const { data } = executeSync({ schema, document: parse(getIntrospectionQuery()) });
    const values = JSON.stringify(data).match(/:/g)?.length ?? 0;
    expect(whole).toBeGreaterThan(values / 2);
    expect(whole).toBeLessThan(defaultLimits.public.cost);
    const types = 'types { name fields { name args { name } } }';
    const one = cost(`{ __schema { ${types} } }`);
    expect(one).toBeGreaterThan(1_000);
    expect(cost(`{ __schema { ${types} b: ${types} } }`)).toBeGreaterThan(1.9 * one);
    expect(cost(`{ __schema { ...F ...F } } fragment F on __Schema { ${types} }`)).toBeGreaterThan(one);
  });

  it('is the same for variables, defaults and values that are written out', () => {
    const spelled = cost('{ songs(first: 40) { nodes { title } } }');
    expect(cost('query ($n: Int) { songs(first: $n) { nodes { title } } }', { n: 40 })).toBe(spelled);
    expect(cost('query ($n: Int = 40) { songs(first: $n) { nodes { title } } }')).toBe(spelled);
    expect(cost('query ($n: Int = 1) { songs(first: $n) { nodes { title } } }', { n: 40 })).toBe(spelled);
    expect(
      cost(
        '{ ...F } fragment F on Query { songs(first: 40) { ...G } } fragment G on SongConnection { nodes { title } }',
      ),
    ).toBe(spelled);
    expect(cost('{ ... { songs(first: 40) { ... on SongConnection { nodes { ... { title } } } } } }')).toBe(
      spelled,
    );
  });

  it('is the same for a filter that is written out, in a variable, and with variables in it', () => {
    const spelled = cost('{ songs(filter: { title: { contains: "moss" } }) { totalCount } }');
    const title = { contains: 'moss' };
    expect(cost('query ($f: SongFilter) { songs(filter: $f) { totalCount } }', { f: { title } })).toBe(
      spelled,
    );
    expect(
      cost('query ($t: String) { songs(filter: { title: { contains: $t } }) { totalCount } }', { t: 'moss' }),
    ).toBe(spelled);
  });

  it('counts a fragment anew for each size of page that it is used on', () => {
    const two = cost(
      '{ a: songs(first: 1) { ...G } b: songs(first: 90) { ...G } } fragment G on SongConnection { nodes { title } }',
    );
    expect(two).toBe(50 + 1 + 1 + (50 + 1 + 90));
  });

  it('of fragments that double forty times is counted at once', () => {
    const doubling = Array.from(
      { length: 39 },
      (_, n) => `fragment F${n} on Query { ...F${n + 1} ... { ...F${n + 1} } }`,
    );
    const text = `{ ...F0 } ${doubling.join(' ')} fragment F39 on Query { genres { genre } }`;
    expect(cost(text)).toBe(1e12);
  });
});

describe('Every list of the schema', () => {
  it('says how long it is: by an argument, as a page or a series, or in the table of known lists', () => {
    const unknown: string[] = [];
    for (const type of Object.values(publicSchema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      for (const field of Object.values(type.getFields())) {
        if (!isListType(getNullableType(field.type))) continue;
        const named = getNamedType(field.type);
        if (isScalarType(named) || isEnumType(named)) continue;
        const isSized = field.args.some(({ name }) => (sizeArguments as readonly string[]).includes(name));
        const isPage = type.name.endsWith('Connection') || type.name.endsWith('Series');
        if (!isSized && !isPage && !knownLists.has(`${type.name}.${field.name}`))
          unknown.push(`${type.name}.${field.name}`);
      }
    }
    expect(unknown).toEqual([]);
  });

  it('that the table knows exists, and so does every object', () => {
    for (const name of [...knownLists.keys(), ...knownObjects.keys()]) {
      const [typeName = '', fieldName = ''] = name.split('.');
      const type = schema.getType(typeName);
      expect(isObjectType(type) && type.getFields()[fieldName], name).toBeTruthy();
    }
  });
});

describe('The limits of the public let through', () => {
  const isForOperators =
    /^(Listeners|QueryHealth|GatewayHealth|RefreshHistory|Explain|IndexAdvice|SetThresholds|ClearQueryMetrics|RefreshViews)Document$/;
  const largest = { first: 100, address: '0x1', id: '1', name: 'Rock', query: 'moss' };
  const documented = Object.entries(operations).filter(([name]) => name.endsWith('Document'));

  it.each(documented)('%s with its longest page', (name, document) => {
    const tier = isForOperators.test(name) ? 'operator' : 'public';
    const text = String(document);
    expect(documentFault(parse(text), defaultLimits[tier])).toBeNull();
    const operation = getOperationAST(parse(text));
    const given = Object.fromEntries(
      (operation?.variableDefinitions ?? []).map(({ variable: { name } }) => [
        name.value,
        (largest as Record<string, unknown>)[name.value],
      ]),
    );
    const requested = cost(text, given);
    expect(requested).toBeGreaterThan(0);
    expect(costFault(costOfOperation(text, given), defaultLimits[tier])).toBeNull();
  });

  it('a dashboard of twenty tiles, at less than half of what it may cost', () => {
    expect(tileCount).toBe(20);
    expect(documentFault(parse(dashboard), defaultLimits.public)).toBeNull();
    expect(cost(dashboard)).toBeLessThan(defaultLimits.public.cost / 2);
  });
});
