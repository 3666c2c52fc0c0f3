import { sql } from 'kysely';
import { rawQuery } from '../../database/raw-query.js';
import type { Reader } from '../../database/reader/reader.js';
import { stateColumn } from '../../views/reading.js';
import type { Bounds } from './series-range.js';

export type SubjectKind = 'platform' | 'genre' | 'artist' | 'song' | 'listener';

/** Whose plays a series counts: the key is an address, an identifier, a name, or empty for the platform. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly key: string;
}

/** The plays of one bucket that has some. */
export interface BucketRow {
  readonly key: string;
  /** Which bucket, from 1 on; null in the only row of a subject that has no plays in any. */
  readonly position: number | null;
  readonly plays: number | bigint;
  readonly listenedSeconds: number | bigint;
  readonly earnings: string;
}

/** Reads the series of many subjects of one kind in one statement, in any order. */
export function listBuckets(
  reader: Reader,
  kind: SubjectKind,
  keys: readonly string[],
  bounds: Bounds,
): Promise<BucketRow[]> {
  const query = sql<BucketRow>`
    select key as "key", "position", plays as "plays", seconds as "listenedSeconds", earnings as "earnings", ${stateColumn}
    from analytics.read_series(${kind}, ${keys}, ${bounds}::timestamptz[])`;
  return reader.read(`${kind}.series`, rawQuery(query));
}
