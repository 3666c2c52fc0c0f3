import { sql } from 'kysely';
import { rawQuery } from '../../../database/raw-query.js';
import type { Reader } from '../../../database/reader/reader.js';
import { stateColumn } from '../../../views/reading.js';
import type { EditionKey } from '../editions/edition-key.js';

/** What an entry would be by the plays and genres of the last refresh. */
export interface RevisedEntry extends EditionKey {
  readonly songId: string;
  readonly plays: number | bigint;
  readonly rank: number | null;
}

/** All entries of the editions that can be revised, in any order. The plays of their weeks are counted, once each. */
export function listRevisedEntries(reader: Reader, keys: readonly EditionKey[]): Promise<RevisedEntry[]> {
  const query = sql<RevisedEntry>`
    select chart, number, song_id as "songId", plays, rank, ${stateColumn}
    from analytics.revise_charts(${keys.map(({ chart }) => chart)}::int[], ${keys.map(({ number }) => number)}::int[])`;
  return reader.read('chartEdition.revision', rawQuery(query));
}
