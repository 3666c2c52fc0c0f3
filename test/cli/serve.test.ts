import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run.js';
import { findProgram } from '../support/programs.js';
import { startWords } from '../support/start-words.js';
import { longestWaitMs, until } from '../support/wait.js';

test('serve says which port is taken, and what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const stderr = new PassThrough();
  try {
    const code = await runCli(['serve'], {
      // It listens before it asks the server, which is not there.
      env: { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/music', PORT: String(port), LOG_LEVEL: 'silent' },
      stdin: Readable.from([]),
      stdout: new PassThrough(),
      stderr,
      signal: new AbortController().signal,
      now: () => new Date(),
    } as Parameters<typeof runCli>[1]);
    expect(code).toBe(1);
    expect(String(stderr.read())).toBe(
      `Something else listens on 127.0.0.1:${port}. Stop it, or set PORT to another one; PORT=0 takes any that is free.\n`,
    );
  } finally {
    other.close();
  }
});

test.each([
  [
    'trusted documents',
    'TRUSTED_DOCUMENTS_FILE',
    'no JSON',
    /^The trusted documents: expected JSON in .+, got something else\.\n$/,
  ],
  [
    'keys for tokens',
    'JWT_JWKS_FILE',
    '{}',
    /^JWT_JWKS_FILE: expected a JSON Web Key Set in .+, got something else\.\n$/,
  ],
])(
  'A gateway that cannot be put together for its %s says why and ends, whatever its database does',
  async (_what, setting, content, message) => {
    const file = path.join(tmpdir(), `${setting}-${process.pid}.json`);
    await writeFile(file, content);
    const child = spawn(process.execPath, startWords, {
      cwd: path.join(import.meta.dirname, '..', '..'),
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/music',
        JWT_ISSUER: 'https://issuer.test',
        JWT_AUDIENCE: 'analytics',
        [setting]: file,
        ...(setting === 'JWT_JWKS_FILE' ? {} : { JWT_JWKS_URL: 'https://issuer.test/keys' }),
        LOG_LEVEL: 'silent',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      let said = '';
      child.stderr.on('data', (text) => {
        said += text;
      });
      const [code] = await once(child, 'close', { signal: AbortSignal.timeout(longestWaitMs) });
      expect(said).toMatch(message);
      expect(code).toBe(1);
    } finally {
      child.kill('SIGKILL');
      await rm(file);
    }
  },
);

/** `script` of util-linux gives a command a terminal of its own. */
const hasScript = process.platform === 'linux' && findProgram('script') !== null;

describe.skipIf(!hasScript)('The log of serve', () => {
  const command = [process.execPath, ...startWords].join(' ');

  /** Runs a gateway whose server is not there until it has said so, and gives all that it said. */
  async function sayings(file: string, words: readonly string[]): Promise<string> {
    const child = spawn(file, words, {
      cwd: path.join(import.meta.dirname, '..', '..'),
      env: { PATH: process.env.PATH, PORT: '0', DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/music' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    try {
      await until('a line that the database is not there', () => said.includes('not ready'));
    } finally {
      child.kill('SIGTERM');
    }
    await once(child, 'close', { signal: AbortSignal.timeout(longestWaitMs) });
    return said;
  }

  test('is readable on a terminal', async () => {
    const said = await sayings('script', ['--quiet', '--return', '--command', command, '/dev/null']);
    expect(said).toMatch(/\d\d:\d\d:\d\d.+WARN.+not ready.+problem=/);
    expect(said).not.toContain('{"level"');
  });

  test('is JSON elsewhere', async () => {
    const said = await sayings(process.execPath, startWords);
    const line = said.split('\n').find((each) => each.includes('not ready'))!;
    expect(JSON.parse(line)).toMatchObject({ level: 40, msg: 'not ready' });
  });
});
