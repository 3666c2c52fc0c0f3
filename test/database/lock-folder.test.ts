import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEmbedded } from '../../src/database/embedded.js';
import { lockFolder } from '../../src/database/lock-folder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const holdFile = fileURLToPath(new URL('./hold-folder.ts', import.meta.url));

/** Another process that holds the folder. */
async function holdElsewhere(): Promise<{ kill(): Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', holdFile, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    kill() {
      child.kill('SIGKILL');
      return gone;
    },
  };
}

test('a folder that another process uses is refused in one clear sentence, and is free once that process was killed', async () => {
  const other = await holdElsewhere();
  await expect(openEmbedded(folder)).rejects.toThrow(
    /The embedded database in .* is in use by another process/,
  );
  await other.kill();
  const unlock = await lockFolder(folder);
  await unlock();
  expect(existsSync(path.join(folder, 'in-use-by'))).toBe(false);
});

test('a folder is refused to the process that holds it already', async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow('in use');
  await unlock();
  await (await lockFolder(folder))();
});

test.each(['999999999', '', 'nonsense', String(process.pid)])(
  'a lock that says %j and belongs to nobody is taken over',
  async (content) => {
    writeFileSync(path.join(folder, 'in-use-by'), content);
    await (await lockFolder(folder))();
  },
);

test('of many that ask at once, exactly one gets the folder', async () => {
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
});
