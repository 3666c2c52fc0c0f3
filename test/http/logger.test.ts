import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../src/config/secret.js';
import { GatewayError } from '../../src/errors.js';
import { createLogger } from '../../src/http/logs/logger.js';
import { createSigner, type Signer } from '../auth/signing-keys.js';
import { waitFor } from '../support/wait.js';
import { ask, operatorSecret, startTestGateway, type TestGateway } from './test-gateway.js';

const canary = '0xca9a127ca9a127';

describe('The log of requests', () => {
  let signer: Signer;
  let gateway: TestGateway;
  let token: string;
  beforeAll(async () => {
    signer = await createSigner();
    gateway = await startTestGateway({ jwt: signer.jwt });
    token = await signer.sign({ sub: canary });
    const document = 'query Canary($a: String!) { listener(address: $a) { plays } }';
    const variables = { a: canary };
    await ask(gateway.url, document, { variables });
    await ask(gateway.url, document, { variables, authorization: `Bearer ${token}` });
    await ask(gateway.url, document, { variables, authorization: `Bearer ${operatorSecret}` });
    await ask(gateway.url, document, { variables: { a: [canary] } });
    await ask(gateway.url, `{ nothing(address: "${canary}") }`, {
      authorization: 'Bearer wrong-canary-token',
    });
    await ask(
      gateway.url,
      '{ a: crash(how: "sql") b: crash(how: "value") c: crash(how: "graphql") d: crash(how: "down") }',
    );
    await fetch(`${gateway.url}/graphql?query={nothing(a:"${canary}")}`, {
      headers: { 'content-type': 'application/json' },
    });
    await fetch(`${gateway.url}/artists/${canary}`);
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      body: canary,
      headers: { 'content-type': 'application/json' },
    });
    await waitFor(() => expect(gateway.lines.filter((line) => line.includes('"answered"'))).toHaveLength(9));
  });
  afterAll(async () => {
    await gateway.close();
    signer.remove();
  });

  it('holds no address, no token and no query text', () => {
    const log = gateway.lines.join('');
    expect(log).not.toMatch(/ca9a127/i);
    for (const secret of [
      token,
      operatorSecret,
      'wrong-canary-token',
      'Canary',
      'plays }',
      'very private',
      '0xfeed',
      'deadbeef',
    ])
      expect(log).not.toContain(secret);
  });

  it('says of each answer its route, status, time and what kind of viewer asked', () => {
    const lines = gateway.lines.map((line) => JSON.parse(line)).filter((line) => line.msg === 'answered');
    expect(lines[1]).toMatchObject({ method: 'POST', route: '/graphql', status: 200, viewer: 'listener' });
    expect(lines[2]).toMatchObject({ viewer: 'operator' });
    expect(lines[4]).toMatchObject({ status: 401, viewer: 'public' });
    expect(lines[7]).toMatchObject({ method: 'GET', route: 'unknown', status: 404 });
    expect(lines.every((line) => line.durationMs >= 0 && /^[\w-]+$/.test(line.requestId))).toBe(true);
  });

  it('says of an unexpected error its type, code, text and place, under the id of the request', () => {
    const errors = gateway.lines.map((line) => JSON.parse(line)).filter((line) => line.err);
    expect(errors.map(({ level, err }) => [level, err.code, err.message])).toEqual([
      [50, '42P01', 'relation "plays" at 0x[address]'],
      [50, '22P02', 'a value did not fit (the text is left out because it repeats the value)'],
      [50, undefined, 'select * from plays'],
      [40, undefined, 'connect ECONNREFUSED'],
    ]);
    expect(errors[0].err.stack).toMatch(/^ +at /);
    expect(new Set(errors.map((line) => line.requestId)).size).toBe(1);
  });
});

describe('The log', () => {
  function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
    const lines: string[] = [];
    write(createLogger({ logLevel: 'info' }, { write: (line) => void lines.push(line) }));
    return lines.join('');
  }

  it('takes addresses, tokens and passwords out wherever they stand', () => {
    const text = logged((log) => {
      log.info({ a: { b: `0x${'aB'.repeat(20)}` } }, 'play of 0xabc by Bearer abc.def');
      log.info({ headers: { authorization: 'secret-1' }, req: { headers: { authorization: 'secret-2' } } });
      log.info(`postgresql://user:secret-3@host/db eyJhbGciOi.eyJzdWIi.c2ln`);
      log.info({ key: new Secret('secret-4'), variables: { a: 'secret-5' }, query: 'secret-6' });
    });
    expect(text).not.toMatch(/secret-|abc|aB|eyJ/);
    for (const line of text.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });

  it('follows the causes of an error, and leaves out what else a driver hangs on it', () => {
    const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (a)=(secret-1)' });
    const text = logged((log) => log.error({ err: new GatewayError('UNAVAILABLE', undefined, cause) }));
    expect(JSON.parse(text).err).toMatchObject({
      type: 'GatewayError',
      code: 'UNAVAILABLE',
      cause: { code: '23505' },
    });
    expect(text).not.toMatch(/secret-1|duplicate/);
  });

  it('is as quiet as LOG_LEVEL says', () => {
    expect(logged((log) => log.debug('nothing'))).toBe('');
    expect(createLogger({ logLevel: 'silent' }).isLevelEnabled('fatal')).toBe(false);
  });
});
