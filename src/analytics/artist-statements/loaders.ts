import DataLoader from 'dataloader';
import type { Reader } from '../../database/reader/reader.js';
import { groupBy } from '../group-by.js';
import { createOwnedPageLoader, type Owned, type OwnedPageLoader } from '../paging/owned-page-loader.js';
import {
  closedStatements,
  listAdjustments,
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
    songs: createOwnedPageLoader(songsOfStatements(reader)),
    strategies: createListLoader((statements) => listStrategies(reader, statements)),
    adjustments: createListLoader((statements) => listAdjustments(reader, statements)),
  };
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
