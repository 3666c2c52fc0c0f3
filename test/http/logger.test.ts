import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogFormat } from '../../src/config/config.js';
import { Secret } from '../../src/config/secret.js';
import { GatewayError } from '../../src/errors.js';
import { createLogger, screenOf } from '../../src/http/logs/logger.js';
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

  it('is for people on a terminal, and for programs elsewhere, unless LOG_FORMAT says otherwise', () => {
    const isReadable = (logFormat: LogFormat, isTerminal: boolean) => {
      const lines: string[] = [];
      const destination = { write: (line: string) => void lines.push(line) };
      createLogger({ logLevel: 'info', logFormat }, destination, { isTerminal, hasColors: false }).info(
        'said',
      );
      return /^\d\d:\d\d:\d\d INFO {2}said\n$/.test(lines.join(''));
    };
    expect([isReadable('auto', true), isReadable('auto', false)]).toEqual([true, false]);
    expect([isReadable('pretty', false), isReadable('json', true)]).toEqual([true, false]);
  });
});

describe('A line for people', () => {
  function shown(write: (log: ReturnType<typeof createLogger>) => void, hasColors = false): string {
    const lines: string[] = [];
    const config = { logLevel: 'info', logFormat: 'pretty' } as const;
    write(createLogger(config, { write: (line) => void lines.push(line) }, { isTerminal: true, hasColors }));
    return lines.join('');
  }

  it('says the time, the level, the message and what belongs to it', () => {
    expect(shown((log) => log.warn({ route: '/graphql', status: 503, who: 'a b' }, 'answered'))).toMatch(
      /^\d\d:\d\d:\d\d WARN {2}answered route=\/graphql status=503 who="a b"\n$/,
    );
  });

  it('says of an error where it happened and what caused it', () => {
    const cause = Object.assign(new Error('no route to host'), { code: 'EHOSTUNREACH' });
    const text = shown((log) => log.error({ err: new Error('refresh broke', { cause }) }, 'refresh failed'));
    expect(text).toMatch(/ERROR refresh failed\n {2}Error: refresh broke\n {4}at /);
    expect(text).toMatch(/because of\n {4}Error: no route to host \(EHOSTUNREACH\)\n/);
  });

  it('holds no secret either', () => {
    const text = shown((log) => {
      log.info(
        { authorization: 'secret-1', variables: { a: 'secret-2' } },
        'play of 0xabc by Bearer secret-3',
      );
      log.info({ url: 'postgresql://user:secret-4@host/db' }, 'connected');
    });
    expect(text).not.toMatch(/secret-\d|abc/);
  });

  it('cannot move the cursor or set colours by what somebody sent', () => {
    const evil = '\u001b[2J\u009b1m\r\n\u202e';
    const text = shown((log) => {
      log.info({ route: evil, [evil]: 1, list: [evil] }, evil);
      log.error({ err: Object.assign(new Error(evil), { code: evil }) }, 'failed');
    });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect(text).toContain('\\u001b[2J');
  });

  it('is coloured where colours are wanted', () => {
    expect(shown((log) => log.warn('said'), true)).toContain('\u001b[33mWARN \u001b[0m');
    expect(screenOf({ isTTY: true }, { NO_COLOR: '1' })).toEqual({ isTerminal: true, hasColors: false });
    expect(screenOf({}, {}).isTerminal).toBe(false);
  });
});
