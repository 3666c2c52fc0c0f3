import DataLoader from 'dataloader';
import type { Reader } from '../../database/reader/reader.js';
import { type BucketRow, listBuckets, type Subject, type SubjectKind } from './repository.js';
import type { Bounds } from './series-range.js';

/** The plays of one subject between bounds. Look-ups with the identical `bounds` array are batched. */
export interface SeriesLookUp {
  readonly subject: Subject;
  readonly bounds: Bounds;
}

export type SeriesLoader = DataLoader<SeriesLookUp, readonly BucketRow[]>;

/** Reads what many subjects of one kind have in the same buckets in one statement. */
export function createSeriesLoader(reader: Reader): SeriesLoader {
  return new DataLoader(
    async (lookUps: readonly SeriesLookUp[]) => {
      const batches = batchesOf(lookUps);
      await Promise.all(
        batches.map(async ({ kind, bounds, rows }) => {
          for (const row of await listBuckets(reader, kind, [...rows.keys()], bounds))
            if (row.position !== null) rows.get(row.key)?.push(row);
        }),
      );
      return lookUps.map(
        ({ subject, bounds }) => batchOf(batches, subject.kind, bounds)!.rows.get(subject.key)!,
      );
    },
    { cache: false, maxBatchSize: 1000 },
  );
}

interface Batch {
  readonly kind: SubjectKind;
  readonly bounds: Bounds;
  readonly rows: Map<string, BucketRow[]>;
}

function batchesOf(lookUps: readonly SeriesLookUp[]): Batch[] {
  const batches: Batch[] = [];
  for (const { subject, bounds } of lookUps) {
    let batch = batchOf(batches, subject.kind, bounds);
    if (!batch) {
      batch = { kind: subject.kind, bounds, rows: new Map() };
      batches.push(batch);
    }
    if (!batch.rows.has(subject.key)) batch.rows.set(subject.key, []);
  }
  return batches;
}

function batchOf(batches: readonly Batch[], kind: SubjectKind, bounds: Bounds): Batch | undefined {
  return batches.find((batch) => batch.kind === kind && batch.bounds === bounds);
}
