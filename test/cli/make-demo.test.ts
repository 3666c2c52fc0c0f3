import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { makeDemo } from '../../src/cli/serving/make-demo.js';
import { openEmbedded } from '../../src/database/embedded/embedded.js';
import { defaultDemo } from '../../src/demo/seed.js';

const folder = mkdtempSync(path.join(tmpdir(), 'make-demo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Makes the demo, and gives what was said meanwhile. */
async function make(env: NodeJS.ProcessEnv): Promise<string> {
  const stderr = new PassThrough();
  await makeDemo({ env, stderr, now: () => new Date() });
  return String(stderr.read() ?? '');
}

test('The demo is there before the first start, which then only opens it', async () => {
  const dataDir = path.join(folder, 'data');
  expect(await make({ DATA_DIR: dataDir })).toMatch(
    /^First start: .*\nMaking or upgrading .*\nMaking demo data: .*\n(.*\n)*Computing views, .*\n$/,
  );
  const database = await openEmbedded(dataDir);
  const { rows } = await database.query<object>(
    `select (select count(*)::int from mv_song_analytics) as songs, (select total_plays::int from mv_platform_stats) as plays`,
  );
  await database.close();
  expect(rows).toEqual([{ songs: defaultDemo.songs, plays: defaultDemo.plays }]);
});

test('No demo is made beside a database of somebody’s own', async () => {
  const unused = path.join(folder, 'unused');
  expect(await make({ DATA_DIR: unused, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/music' })).toBe('');
  expect(existsSync(unused)).toBe(false);
  const used = path.join(folder, 'used');
  mkdirSync(path.join(used, 'postgres'), { recursive: true });
  expect(await make({ DATA_DIR: used })).toBe('');
  expect(readdirSync(used)).toEqual(['postgres']);
});
