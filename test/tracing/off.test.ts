import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fillDataFolder } from '../support/data-folder.js';
import { freePort } from '../support/postgres.js';
import { callersTrace } from './traced-gateway.js';

const program = fileURLToPath(new URL('ask-once.mjs', import.meta.url));

/** Runs the built gateway in a process of its own, which is asked within a caller's trace. */
async function runOnce(settings: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'traces-off-'));
  const { traceId, headers } = callersTrace();
  await fillDataFolder(folder);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, headers.traceparent], {
      env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', REFRESH_SCHEDULE: 'off', ...settings },
      maxBuffer: 100_000_000,
    });
    const { loaded, lines } = JSON.parse(stdout) as { loaded: string[]; lines: string[] };
    const packages = loaded.flatMap((url) => /node_modules\/(@opentelemetry\/[\w-]+)\//.exec(url)?.[1] ?? []);
    return {
      packages: [...new Set(packages)].sort(),
      own: loaded.flatMap((url) => /\/dist\/(tracing\/.*)$/.exec(url)?.[1] ?? []),
      answered: lines.filter((line) => line.includes('"answered"')),
      named: lines.filter((line) => line.includes(traceId)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('Without a receiver', () => {
  it.each([
    ['', {}],
    [
      ', or with OTEL_SDK_DISABLED',
      { OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' },
    ],
  ])(
    'nothing of tracing is loaded, and the traces of callers are not looked at%s',
    async (_title, settings) => {
      const { packages, own, answered, named } = await runOnce(settings as Record<string, string>);
      // The package of metrics brings the first one.
      expect(packages).toEqual(['@opentelemetry/api']);
      expect(own).toEqual([]);
      expect(answered).toHaveLength(2);
      expect(named).toEqual([]);
    },
  );
});

describe('With a receiver that is not there', () => {
  it('tracing is loaded, and the process ends all the same', async () => {
    const { packages, own, answered, named } = await runOnce({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
    });
    expect(packages).toContain('@opentelemetry/sdk-trace');
    expect(own.length).toBeGreaterThan(5);
    expect(answered).toHaveLength(2);
    expect(named).toHaveLength(2);
  });
});
