import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { showStart } from '../../src/cli/serving/show-start.js';
import { readConfig } from '../../src/config/read-config.js';
import { openApp } from '../../src/gateway/open-app.js';
import type { StartStep } from '../../src/gateway/start/embedded-start.js';
import { createLogger } from '../../src/http/logs/logger.js';
import { fillDataFolder } from '../support/data-folder.js';

const folder = mkdtempSync(path.join(tmpdir(), 'show-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('The start of an embedded gateway', () => {
  test('says what it makes and from what, step by step, and how far it has come', () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
    const watching = showStart(stderr, { dataDir: '.data' });
    watching.onStep('create');
    watching.onStep('demo');
    watching.onProgress(20_000, 80_000);
    watching.onEnd();
    watching.onStep('views');
    const text = String(stderr.read());
    expect(text).toContain('First start: making an embedded PostgreSQL in .data\n');
    expect(text).toMatch(/Making demo data: 200 artists, .* 80,000 plays over 400 days\n/);
    expect(text).toMatch(/Demo data .*25 % 20,000 plays/);
    expect(text).toMatch(/Computing views, .*\n$/);
  });

  test('is the opening and nothing else where everything is there already', async () => {
    const dataDir = path.join(folder, 'filled');
    await fillDataFolder(dataDir);
    expect(await stepsOf(dataDir)).toEqual(['open']);
  });

  test('ends with the step at which it was interrupted', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    const steps: StartStep[] = [];
    await expect(stepsOf(path.join(folder, 'fresh'), stopped, steps)).rejects.toThrow('stopped');
    expect(steps).toEqual(['create', 'schema', 'demo']);
  });

  async function stepsOf(
    dataDir: string,
    signal?: AbortSignal,
    steps: StartStep[] = [],
  ): Promise<StartStep[]> {
    const config = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', REFRESH_SCHEDULE: 'off' });
    const { app } = await openApp({
      config,
      log: createLogger(config),
      now: () => new Date(),
      demo: true,
      watching: { onStep: (step) => void steps.push(step), onProgress() {}, onEnd() {} },
      signal,
    });
    await app.close();
    return steps;
  }
});
