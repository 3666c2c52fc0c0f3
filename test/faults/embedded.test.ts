import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openEmbedded } from '../../src/database/embedded/embedded.js';
import { buildGateway, untilReady } from '../refresh/gateway-process.js';
import { fillDataFolder } from '../support/data-folder.js';
import { startWords } from '../support/start-words.js';

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'embedded-'));
  folder = path.join(parent, 'data');
  await fillDataFolder(folder);
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('A gateway whose embedded database', () => {
  beforeAll(buildGateway);

  it.each([
    ['is removed under it', () => rmSync(folder, { recursive: true })],
    [
      'is put aside for another one',
      () => {
        renameSync(folder, path.join(parent, 'aside'));
        mkdirSync(folder);
      },
    ],
    ['loses the files of PostgreSQL', () => rmSync(path.join(folder, 'postgres'), { recursive: true })],
  ])('%s says so once and exits with 1', async (_what, happens) => {
    const child = spawn(process.execPath, startWords, {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    await untilReady(child, (piece) => {
      said += piece;
    });
    happens();
    expect(await once(child, 'exit')).toEqual([1, null]);
    const lines = said.split('\n').filter((line) => line.startsWith('{'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      level: 60,
      err: { message: expect.stringContaining(`${folder} of the embedded database was removed or replaced`) },
    });
  });
});

describe('An embedded database that has ended with a panic', () => {
  it('rejects everything with the reason, whatever was waiting, and can be closed and opened again', async () => {
    const database = await openEmbedded(folder);
    // Where PostgreSQL expects a file, it gives up in the middle of the checkpoint, as it does when the disk is full.
    const inTheWay = path.join(folder, 'postgres/pg_logical/replorigin_checkpoint.tmp');
    mkdirSync(inTheWay);
    const panic = database.query('checkpoint');
    const waiting = database.query('select 1');
    const reason = /^The embedded database has ended: could not .*replorigin_checkpoint\.tmp/;
    await expect(panic).rejects.toThrow(reason);
    await expect(waiting).rejects.toThrow(reason);
    expect((await database.lost)?.message).toMatch(reason);
    await expect(database.query('select 1')).rejects.toThrow(reason);
    await expect(database.transaction(async (session) => session.query('select 1'))).rejects.toThrow(reason);
    await database.close();

    rmSync(inTheWay, { recursive: true });
    const again = await openEmbedded(folder);
    expect((await again.query('select name from artists')).rows).toEqual([{ name: 'Ada' }]);
    await again.close();
  });
});
