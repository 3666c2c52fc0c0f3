import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { runCli } from '../../src/cli/run.js';
import { startWords } from '../support/start-words.js';
import { longestWaitMs } from '../support/wait.js';

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

test('A gateway that cannot be put together says why and ends, whatever its database does', async () => {
  const file = path.join(tmpdir(), `documents-${process.pid}.json`);
  await writeFile(file, 'no JSON');
  const child = spawn(process.execPath, startWords, {
    cwd: path.join(import.meta.dirname, '..', '..'),
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/music',
      TRUSTED_DOCUMENTS_FILE: file,
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
    expect(said).toBe(`The trusted documents: expected JSON in ${file}, got something else.\n`);
    expect(code).toBe(1);
  } finally {
    child.kill('SIGKILL');
    await rm(file);
  }
});
