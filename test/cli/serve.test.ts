import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { runCli } from '../../src/cli/run.js';

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
