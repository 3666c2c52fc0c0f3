import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { pack, unpack } from './archive.js';
import { renewSystemIdentifier } from './system-identifier.js';

/** Beside the sources and what is built of them. It is no part of the package, which makes its clusters by initdb. */
const keptFolder = fileURLToPath(new URL('../../../../.cluster/', import.meta.url));

/** The file of the cluster that this version of PGlite has made. */
export function keptClusterFile(): string {
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(readFileSync(path.join(path.dirname(pglite), '..', 'package.json'), 'utf8'));
  return path.join(keptFolder, `pglite-${version}.gz`);
}

/** Makes an empty cluster and keeps it, so that the first start of a gateway needs no initdb: that takes seconds and 760 MB. */
export async function keepCluster(file = keptClusterFile()): Promise<void> {
  if (existsSync(file)) return;
  const scratch = await mkdtemp(path.join(tmpdir(), 'cluster-'));
  try {
    const cluster = path.join(scratch, 'postgres');
    const lite = await PGlite.create(cluster);
    await lite.close();
    await mkdir(path.dirname(file), { recursive: true });
    const next = `${file}.${process.pid}`;
    await writeFile(next, pack(cluster));
    await rename(next, file);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Puts the kept cluster where there is none yet, all of it or nothing. Without one that can be used nothing happens, and
 * PGlite makes its own.
 */
export async function restoreCluster(folder: string, kept?: string): Promise<void> {
  if (existsSync(folder)) return;
  const next = `${folder}.new`;
  // An earlier start may have been interrupted.
  await rm(next, { recursive: true, force: true });
  try {
    const file = kept ?? keptClusterFile();
    if (!existsSync(file)) return;
    unpack(readFileSync(file), next);
    renewSystemIdentifier(next);
    await rename(next, folder);
  } catch {
    await rm(next, { recursive: true, force: true });
  }
}
