import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crc32c } from '../../src/database/embedded/cluster/crc32c.js';
import { keepCluster, restoreCluster } from '../../src/database/embedded/cluster/kept-cluster.js';

const scratch = mkdtempSync(path.join(tmpdir(), 'kept-cluster-'));
const kept = path.join(scratch, 'kept.gz');
beforeAll(() => keepCluster(kept), 120_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A cluster in a folder of its own; what stood in its way is there before. */
async function restored(name: string, file = kept): Promise<string> {
  const folder = path.join(scratch, name);
  await restoreCluster(folder, file);
  return folder;
}

async function inCluster<Row>(folder: string, statement: string): Promise<Row[]> {
  const lite = await PGlite.create(folder);
  try {
    return (await lite.query<Row>(statement)).rows;
  } finally {
    await lite.close();
  }
}

describe('An empty cluster that was kept', () => {
  it('is opened like any other, and keeps what is written into it', async () => {
    const folder = await restored('written');
    await inCluster(folder, 'create table notes as select 1 as note');
    expect(await inCluster(folder, 'select note from notes')).toEqual([{ note: 1 }]);
  });

  it('has another identifier each time, so that the engine never takes one cluster for another', async () => {
    const folders = [await restored('one'), await restored('other')];
    const found = [];
    for (const folder of folders)
      found.push(
        ...(await inCluster<{ id: string }>(
          folder,
          'select system_identifier::text as id from pg_control_system()',
        )),
      );
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
  });

  it('leaves alone what is there', async () => {
    const folder = path.join(scratch, 'taken');
    mkdirSync(folder);
    await restoreCluster(folder, kept);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes the place of what an interrupted start left', async () => {
    mkdirSync(path.join(scratch, 'interrupted.new', 'base'), { recursive: true });
    expect(existsSync(path.join(await restored('interrupted'), 'PG_VERSION'))).toBe(true);
    expect(existsSync(path.join(scratch, 'interrupted.new'))).toBe(false);
  });

  it('is not used when it is damaged or missing', async () => {
    const damaged = path.join(scratch, 'damaged.gz');
    writeFileSync(damaged, 'no archive');
    for (const file of [damaged, path.join(scratch, 'missing.gz')])
      expect(existsSync(await restored('without', file))).toBe(false);
    expect(readdirSync(scratch).filter((name) => name.startsWith('without'))).toEqual([]);
  });
});

describe('The checksum of PostgreSQL', () => {
  it('is that of RFC 3720', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  });
});
