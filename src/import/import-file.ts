import type { Database } from '../database/database.js';
import { type Batch, readBatches } from './batches.js';
import { type CsvFile, openCsv } from './csv/records.js';
import { HeaderError, type Layout, matchHeader } from './header.js';
import { hasIndependentRows } from './independent-rows.js';
import { loadBatch } from './load-batch.js';
import { createPartitionMaker } from './partitions.js';
import { openRejectsFile } from './rejects-file.js';
import { stagingFor } from './staging.js';
import type { ImportTable } from './tables.js';

/** A file whose header has been read and fits. */
export interface OpenFile {
  readonly table: ImportTable;
  readonly csv: CsvFile;
  readonly layout: Layout;
}

/** @throws HeaderError when there is no header, or one that does not fit the table. */
export async function openFile(
  table: ImportTable,
  pieces: AsyncIterable<Uint8Array | string>,
): Promise<OpenFile> {
  const csv = await openCsv(pieces, table.holdsLineBreaks);
  if (!csv) throw new HeaderError(`expected columns of ${table.name} in a first line, got nothing`);
  return { table, csv, layout: matchHeader(table, csv.header) };
}

/** How far an import has come. */
export interface ImportCount {
  loaded: number;
  rejected: number;
  /** With `skipsExisting`: rows whose key was there already. */
  skipped?: number;
  /** All lines up to this one are loaded, rejected or skipped. */
  line: number;
}

export interface ImportOptions {
  /** Where rejected rows go. */
  readonly rejectsPath: string;
  readonly now: Date;
  /** Whether rows whose key is there already are passed over instead of rejected. */
  readonly skipsExisting?: boolean;
  readonly signal?: AbortSignal;
  /** Told after each batch, and with the same object: what it says stays true when the import fails. */
  readonly count: ImportCount;
  readonly onProgress?: () => void;
}

/**
 * Loads a file batch by batch. While the database takes some the next one is read, and no further: however long the
 * file is, three batches are in memory at most. Batches are committed in the order of the file.
 * @throws whatever keeps the file from being read or the database from writing; batches before that stay.
 */
export async function importFile(
  database: Database,
  { table, csv, layout }: OpenFile,
  { rejectsPath, now, skipsExisting = false, signal, count, onProgress }: ImportOptions,
): Promise<void> {
  const rejects = await openRejectsFile(rejectsPath, csv.header);
  const staging = stagingFor(table, layout);
  const ensurePartitions = createPartitionMaker(database, now);
  // Two that meet in the database would wait for each other: the one for a lock, the other for its turn to commit.
  const isIndependent = !staging.takeDoubled && (await hasIndependentRows(database, table));
  const maxAtOnce = isIndependent ? Math.min(2, database.maxConnections) : 1;

  const load = async (batch: Batch, before: Promise<void>) => {
    const loading = { table, staging, skipsExisting };
    const { rejections: refused, skipped } = await loadBatch(database, loading, batch.rows, before);
    await before;
    const rejections = [...batch.rejections, ...refused];
    count.loaded += batch.rows.length - refused.length - skipped;
    if (skipsExisting) count.skipped = (count.skipped ?? 0) + skipped;
    count.rejected += rejections.length;
    count.line = batch.lastLine;
    await rejects.add(rejections);
    onProgress?.();
  };

  const loading: Promise<void>[] = [];
  try {
    for await (const batch of readBatches(csv.records, table, layout)) {
      while (loading.length >= maxAtOnce) await loading.shift();
      signal?.throwIfAborted();
      await ensurePartitions(batch.months);
      const next = load(batch, loading.at(-1) ?? Promise.resolve());
      // The failure is met where it is awaited; until then it must not count as unhandled.
      next.catch(() => {});
      loading.push(next);
    }
    await Promise.all(loading);
  } finally {
    // Also when something failed: what is under way still counts.
    await Promise.allSettled(loading);
  }
}
