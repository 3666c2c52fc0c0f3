import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openEmbedded } from '../../src/database/embedded/embedded.js';
import { lockFolder } from '../../src/database/embedded/lock-folder.js';
import { buildGateway } from '../refresh/gateway-process.js';

beforeAll(buildGateway);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const holdFile = fileURLToPath(new URL('./hold-folder.mjs', import.meta.url));

interface Other {
  /** What it found: `held`, or why it does not hold the folder. */
  readonly said: string;
  kill(): Promise<void>;
}

/** Another process that tries to hold the folder until the end of the test, started by another program where `by` names one. */
async function tryElsewhere(by: readonly string[] = []): Promise<Other> {
  const [command = '', ...rest] = [...by, process.execPath, holdFile, folder];
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => {
    child.kill('SIGKILL');
    return gone;
  };
  // One that stays would keep the test runner waiting for the end of its output.
  onTestFinished(kill);
  const said = await new Promise<string>((resolve) =>
    child.stdout.once('data', (text) => resolve(String(text).trim())),
  );
  return { said, kill };
}

/** Another process that holds the folder. */
async function holdElsewhere(by?: readonly string[]): Promise<Other> {
  const other = await tryElsewhere(by);
  expect(other.said).toBe('held');
  return other;
}

test('a folder that another process uses is refused in one clear sentence, and is free once that process was killed', async () => {
  const other = await holdElsewhere();
  await expect(openEmbedded(folder)).rejects.toThrow(
    /The embedded database in .* is in use by another process/,
  );
  await other.kill();
  const lock = await lockFolder(folder);
  await lock.release();
  expect(existsSync(path.join(folder, 'in-use-by'))).toBe(false);
});

test('a folder is refused to the process that holds it already', async () => {
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow('in use');
  await lock.release();
  await (await lockFolder(folder)).release();
});

test.each(['999999999', '', 'nonsense', '1', String(process.pid), String(process.ppid)])(
  'a file of an earlier version that says %j locks nobody out',
  async (content) => {
    writeFileSync(path.join(folder, 'in-use-by'), content);
    await (await lockFolder(folder)).release();
  },
);

test('of many that ask at once, exactly one gets the folder', async () => {
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
});

test('of many processes that start at once, exactly one gets the folder', async () => {
  const others = await Promise.all(Array.from({ length: 5 }, () => tryElsewhere()));
  const said = others.map((other) => other.said);
  await Promise.all(others.map((other) => other.kill()));
  expect(said.filter((each) => each === 'held')).toHaveLength(1);
  expect(said.filter((each) => each.includes('in use by another process'))).toHaveLength(4);
});

test('what killed processes left behind is cleared away by the next one', async () => {
  for (let n = 0; n < 3; n++) await (await holdElsewhere()).kill();
  expect(readdirSync(path.join(folder, 'in-use'))).toHaveLength(1);
  await (await lockFolder(folder)).release();
  expect(readdirSync(path.join(folder, 'in-use'))).toEqual([]);
});

test('a folder whose path is longer than that of a socket may be is locked like any other', async () => {
  folder = path.join(folder, 'x'.repeat(60), 'y'.repeat(60));
  mkdirSync(folder, { recursive: true });
  const lock = await lockFolder(folder);
  expect((await tryElsewhere()).said).toContain('in use by another process');
  await lock.release();
  const other = await holdElsewhere();
  await expect(lockFolder(folder)).rejects.toThrow('in use');
  await other.kill();
  await (await lockFolder(folder)).release();
});

test.each([
  ['removed', async () => rmSync(folder, { recursive: true })],
  [
    'put aside for another one',
    async () => {
      const aside = `${folder}-aside`;
      renameSync(folder, aside);
      onTestFinished(() => rmSync(aside, { recursive: true }));
      const other = await lockFolder(folder);
      onTestFinished(() => other.release());
    },
  ],
])('who holds a folder sees that it was %s', async (_what, happens) => {
  const lock = await lockFolder(folder);
  expect(await lock.isThere()).toBe(true);
  await happens();
  expect(await lock.isThere()).toBe(false);
  await lock.release();
});

/** Programs that start another one as a container would: with process ids, and a network, of its own. */
const containers = [
  ['process ids', ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc']],
  ['process ids and a network', ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', '--net']],
] as const;
for (const [what, by] of containers) {
  const [command, ...rest] = by;
  const canUnshare = spawnSync(command, [...rest, 'true']).status === 0;
  if (!canUnshare) console.warn(`Skipped: this machine lets nobody have ${what} of his own.`);
  test.skipIf(!canUnshare)(`two containers with ${what} of their own do not hold one folder`, async () => {
    const one = await holdElsewhere(by);
    const other = await tryElsewhere(by);
    expect(other.said).toContain('in use by another process');
    await expect(lockFolder(folder)).rejects.toThrow('in use');
    await one.kill();
    const next = await holdElsewhere(by);
    await Promise.all([other, next].map((each) => each.kill()));
  });
}
