import DataLoader from 'dataloader';
import { composedKey } from '../../composed-key.js';
import type { Reader } from '../../database/reader/reader.js';
import { groupBy } from '../group-by.js';
import { createOwnedPageLoader, type Owned, type OwnedPageLoader } from '../paging/owned-page-loader.js';
import {
  closedStatements,
  listAdjustments,
  listClosedStatements,
  listOpenStatements,
  listStrategies,
  type StatementKey,
  songsOfStatements,
} from './repository.js';
import type { ArtistStatement, StatementAdjustment, StatementSong, StatementStrategy } from './type.js';

/** Reads the same of many statements in one query. */
export interface StatementLoaders {
  /** By the address of the artist. */
  readonly closed: OwnedPageLoader<string, ArtistStatement>;
  readonly open: DataLoader<string, ArtistStatement>;
  /** Closed statements. */
  readonly byKey: DataLoader<StatementKey, ArtistStatement | null>;
  readonly songs: OwnedPageLoader<StatementKey, StatementSong>;
  readonly strategies: DataLoader<StatementKey, readonly StatementStrategy[]>;
  readonly adjustments: DataLoader<StatementKey, readonly StatementAdjustment[]>;
}

export function createStatementLoaders(reader: Reader): StatementLoaders {
  return {
    closed: createOwnedPageLoader(closedStatements(reader)),
    open: new DataLoader((addresses) => listOpenStatements(reader, addresses), {
      cache: false,
      maxBatchSize: 1000,
    }),
    byKey: new DataLoader(
      async (keys: readonly StatementKey[]) => {
        const rows = new Map((await listClosedStatements(reader, keys)).map((row) => [keyOf(row), row]));
        return keys.map((key) => rows.get(keyOf(key)) ?? null);
      },
      { cache: false, maxBatchSize: 1000 },
    ),
    songs: createOwnedPageLoader(songsOfStatements(reader)),
    strategies: createListLoader((statements) => listStrategies(reader, statements)),
    adjustments: createListLoader((statements) => listAdjustments(reader, statements)),
  };
}

function keyOf({ artistAddress, month }: StatementKey): string {
  return composedKey(artistAddress, month);
}

function createListLoader<Owner, Row>(
  list: (owners: readonly Owner[]) => Promise<Owned<Row>[]>,
): DataLoader<Owner, readonly Row[]> {
  return new DataLoader(
    async (owners: readonly Owner[]) => {
      const rows = groupBy(await list(owners), ({ place }) => place);
      return owners.map((_, index) => rows.get(index + 1) ?? []);
    },
    { cache: false, maxBatchSize: 1000 },
  );
}
