import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { overPglite } from '../../src/database/embedded/embedded.js';
import { listMigrations } from '../../src/database/migrations/list-migrations.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { fixtureSql, loadFixture } from './fixture.js';

const folder = path.resolve('node_modules/.cache/test-databases');

/**
 * The path of a file or folder that takes long to make and is the same each time. The first process that needs it makes
 * it; processes that do so at the same time keep the first result.
 * @param key what the result depends on besides the versions of packages. Results for other keys are deleted.
 */
export async function cached(
  name: string,
  key: readonly unknown[],
  make: (at: string) => Promise<void>,
): Promise<string> {
  const packages = await readFile('package-lock.json', 'utf8');
  const hash = createHash('sha256')
    .update(JSON.stringify([packages, key]))
    .digest('hex')
    .slice(0, 16);
  const place = path.join(folder, `${name}-${hash}`);
  if (existsSync(place)) return place;
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(folder))
    if (file.startsWith(`${name}-`)) await rm(path.join(folder, file), { recursive: true, force: true });
  const unfinished = path.join(folder, `unfinished-${randomBytes(6).toString('hex')}`);
  await make(unfinished);
  await rename(unfinished, place).catch((error) => {
    if (!existsSync(place)) throw error;
    return rm(unfinished, { recursive: true });
  });
  return place;
}

let empty: Promise<Dump> | undefined;
let migrated: Promise<Dump> | undefined;
let filled: Promise<Dump> | undefined;

/** An embedded database without tables, opened from a copy, which takes a fraction of the time of initialising one. */
export async function createPglite(options: PGliteOptions = {}): Promise<PGlite> {
  empty ??= readDump('pglite-empty', [], async () => {});
  return PGlite.create({ ...options, loadDataDir: await empty });
}

/** An embedded database with the current migrations, opened from a copy. */
export async function createMigratedPglite(options: PGliteOptions = {}): Promise<PGlite> {
  migrated ??= currentMigrations().then((key) =>
    readDump('pglite-migrated', key, (lite) => migrate(overPglite(lite))),
  );
  return PGlite.create({ ...options, loadDataDir: await migrated });
}

/** The same with the fixture in it. */
export async function createFilledPglite(): Promise<PGlite> {
  filled ??= currentMigrations().then((key) =>
    readDump('pglite-filled', [...key, fixtureSql], async (lite) => {
      const database = overPglite(lite);
      await migrate(database);
      await loadFixture(database);
    }),
  );
  return PGlite.create({ loadDataDir: await filled });
}

/** What a migrated database depends on. */
export async function currentMigrations(): Promise<readonly string[]> {
  return (await listMigrations()).map(({ name, checksum }) => `${name} ${checksum}`);
}

async function readDump(name: string, key: readonly string[], prepare: (lite: PGlite) => Promise<unknown>) {
  const file = await cached(name, key, async (at) => {
    const lite = await PGlite.create();
    await prepare(lite);
    // They are as large as the database itself, and no test makes another one from them.
    await lite.exec('update pg_database set datistemplate = false');
    for (const template of ['template0', 'template1']) await lite.exec(`drop database ${template}`);
    const dump = await lite.dumpDataDir('none');
    await writeFile(at, new Uint8Array(await dump.arrayBuffer()));
    await lite.close();
  });
  return new Dump(await readFile(file));
}

/** A blob whose bytes are at hand, where an ordinary one would copy them piece by piece each time. */
class Dump extends Blob {
  readonly #bytes: ArrayBuffer;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    super([]);
    this.#bytes = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#bytes;
  }
}
