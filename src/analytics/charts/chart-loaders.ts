import DataLoader from 'dataloader';
import { composedKey } from '../../composed-key.js';
import { groupBy } from '../group-by.js';
import { Selection } from '../selection.js';
import type { AnalyticsReader } from '../withholding/analytics-reader.js';
import type { ChartEdition } from './editions/edition.js';
import { type EditionKey, keyOfEdition } from './editions/edition-key.js';
import { listEditionsByKey } from './editions/repository.js';
import type { ChartEditionEntry } from './entries/entry.js';
import { listEntries, listHistories } from './entries/repository.js';
import { listRevisedEntries, type RevisedEntry } from './entries/revision-repository.js';
import { type ChartMemory, listMemories } from './memory/repository.js';

/** The first entries of an edition. */
export interface EntriesLookUp {
  readonly edition: EditionKey;
  readonly first: number;
  readonly selection: Selection;
}

/** The latest entries of a song in a chart. */
export interface HistoryLookUp {
  readonly songId: string;
  readonly genre: string | null;
  readonly first: number;
  readonly selection: Selection;
}

/** One edition, and what is selected of it. */
export interface EditionLookUp {
  readonly edition: EditionKey;
  readonly selection: Selection;
}

/** The look-ups in closed charts of one request, in one statement for all that can be read together. */
export interface ChartLoaders {
  readonly edition: DataLoader<EditionLookUp, ChartEdition | null>;
  readonly entries: DataLoader<EntriesLookUp, readonly ChartEditionEntry[]>;
  readonly history: DataLoader<HistoryLookUp, readonly ChartEditionEntry[]>;
  /** Read once for each edition, by the identifiers of songs; empty where it cannot be told. */
  readonly revision: DataLoader<EditionKey, ReadonlyMap<string, RevisedEntry>, string>;
  /** Null before the first edition is closed. */
  readonly memory: DataLoader<string, ChartMemory | null>;
}

export function createChartLoaders(reader: AnalyticsReader): ChartLoaders {
  return {
    edition: new DataLoader(
      async (lookUps: readonly EditionLookUp[]) => {
        const keys = distinct(lookUps.map(({ edition }) => edition));
        const rows = await listEditionsByKey(reader, keys, unionOf(lookUps));
        const byKey = new Map(rows.map((row) => [keyOfEdition(row), row]));
        return lookUps.map(({ edition }) => byKey.get(keyOfEdition(edition)) ?? null);
      },
      { cache: false, maxBatchSize: 1000 },
    ),
    entries: createListLoader(
      ({ first }) => composedKey(first),
      ({ edition }) => keyOfEdition(edition),
      (lookUps) =>
        listEntries(
          reader,
          distinct(lookUps.map(({ edition }) => edition)),
          lookUps[0]!.first,
          unionOf(lookUps),
        ),
      keyOfEdition,
    ),
    history: createListLoader(
      ({ genre, first }) => composedKey(genre, first),
      ({ songId }) => songId,
      (lookUps) => {
        const { genre, first } = lookUps[0]!;
        const songIds = [...new Set(lookUps.map(({ songId }) => songId))];
        return listHistories(reader, genre, songIds, first, unionOf(lookUps));
      },
      ({ songId }) => songId,
    ),
    revision: new DataLoader(
      async (keys: readonly EditionKey[]) => {
        const revisions = new Map(keys.map((key) => [keyOfEdition(key), new Map<string, RevisedEntry>()]));
        for (const row of await listRevisedEntries(reader, keys))
          revisions.get(keyOfEdition(row))?.set(row.songId, row);
        return keys.map((key) => revisions.get(keyOfEdition(key))!);
      },
      { cacheKeyFn: keyOfEdition, maxBatchSize: 100 },
    ),
    memory: new DataLoader(
      async (songIds: readonly string[]) => {
        const memories = await listMemories(reader, songIds);
        const bySong = new Map(memories.map((memory) => [memory.songId, memory]));
        return songIds.map((songId) => bySong.get(songId) ?? null);
      },
      { maxBatchSize: 1000 },
    ),
  };
}

/** Reads the lists of all look-ups of one group in one statement. */
function createListLoader<LookUp>(
  groupOf: (lookUp: LookUp) => string,
  keyOf: (lookUp: LookUp) => string,
  list: (lookUps: readonly LookUp[]) => Promise<ChartEditionEntry[]>,
  keyOfRow: (row: ChartEditionEntry) => string,
): DataLoader<LookUp, readonly ChartEditionEntry[]> {
  return new DataLoader(
    async (lookUps: readonly LookUp[]) => {
      const lists = new Map<string, readonly ChartEditionEntry[]>();
      await Promise.all(
        [...groupBy(lookUps, groupOf)].map(async ([group, members]) => {
          for (const [key, rows] of groupBy(await list(members), keyOfRow))
            lists.set(composedKey(group, key), rows);
        }),
      );
      return lookUps.map((lookUp) => lists.get(composedKey(groupOf(lookUp), keyOf(lookUp))) ?? []);
    },
    { cache: false, maxBatchSize: 1000 },
  );
}

function unionOf(lookUps: readonly { readonly selection: Selection }[]): Selection {
  return Selection.union(lookUps.map(({ selection }) => selection));
}

function distinct(editions: readonly EditionKey[]): EditionKey[] {
  return [...new Map(editions.map((edition) => [keyOfEdition(edition), edition])).values()];
}
