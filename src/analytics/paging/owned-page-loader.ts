import DataLoader from 'dataloader';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { composedKey } from '../../composed-key.js';
import { groupBy } from '../group-by.js';
import type { ConnectionSelection } from '../selection.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { isAfter } from './keyset.js';
import { type OrderedColumn, reversed } from './ordering.js';
import { type PageArguments, pageSize } from './page-arguments.js';
import { assemblePage, type Page, wantsRows } from './page-parts.js';

/** A page of what belongs to one owner, such as the songs of a statement. */
export interface OwnedPageLookUp<Owner> {
  readonly owner: Owner;
  readonly page: PageArguments;
  readonly parts: ConnectionSelection['parts'];
}

/** Which rows of each owner are read, and in which order. */
export interface OwnedRows {
  readonly where: RawBuilder<SqlBool>;
  readonly orderBy: RawBuilder<unknown>;
  readonly limit: number;
}

/** A row with the 1-based position of its owner in the batch. */
export type Owned<Row> = Row & { readonly place: number };

/** One list for each owner. Its ordering columns have no nulls. */
export interface OwnedList<Owner, Row extends object> {
  /** Stands in its cursors. */
  readonly name: string;
  readonly ordering: readonly OrderedColumn[];
  listRows(owners: readonly Owner[], wanted: OwnedRows): Promise<Owned<Row>[]>;
  countRows(owners: readonly Owner[]): Promise<Owned<{ readonly count: number | bigint }>[]>;
}

export type OwnedPageLoader<Owner, Row> = DataLoader<OwnedPageLookUp<Owner>, Page<Row>>;

/** Reads the pages of many owners in one statement, where their arguments are the same. */
export function createOwnedPageLoader<Owner, Row extends object>(
  list: OwnedList<Owner, Row>,
): OwnedPageLoader<Owner, Row> {
  return new DataLoader(
    async (lookUps: readonly OwnedPageLookUp<Owner>[]) => {
      const groups = groupBy(lookUps, keyOf);
      const pages = new Map<OwnedPageLookUp<Owner>, Page<Row>>();
      await Promise.all(
        [...groups.values()].map(async (group) => {
          const found = await readPages(list, group);
          for (const [index, lookUp] of group.entries()) pages.set(lookUp, found[index]!);
        }),
      );
      return lookUps.map((lookUp) => pages.get(lookUp)!);
    },
    { cache: false, maxBatchSize: 1000 },
  );
}

function keyOf({ page: { first, after, last, before }, parts }: OwnedPageLookUp<unknown>): string {
  return composedKey(JSON.stringify([first, after, last, before]), wantsRows(parts), parts.has('totalCount'));
}

async function readPages<Owner, Row extends object>(
  list: OwnedList<Owner, Row>,
  lookUps: readonly OwnedPageLookUp<Owner>[],
): Promise<Page<Row>[]> {
  const { page, parts } = lookUps[0]!;
  const owners = lookUps.map(({ owner }) => owner);
  const wanted = wantedRows(list, page);
  const [rows, counts] = await Promise.all([
    wantsRows(parts) ? list.listRows(owners, wanted) : [],
    parts.has('totalCount') ? list.countRows(owners) : null,
  ]);
  const cursorOf = (row: Row) => encodeCursor(list, list.ordering, row);
  const rowsByPlace = groupBy(rows, ({ place }) => place);
  const countByPlace = counts && new Map(counts.map(({ place, count }) => [place, count]));
  return lookUps.map((lookUp, index) =>
    assemblePage<Row>(
      rowsByPlace.get(index + 1) ?? [],
      { ...page, parts: lookUp.parts },
      cursorOf,
      countByPlace && (countByPlace.get(index + 1) ?? 0),
    ),
  );
}

function wantedRows(
  list: Pick<OwnedList<unknown, object>, 'name' | 'ordering'>,
  page: PageArguments,
): OwnedRows {
  const { after, before } = page;
  const { size, backward } = pageSize(page);
  const ordering = backward ? reversed(list.ordering) : list.ordering;
  const bounds = [sql<SqlBool>`true`];
  if (typeof after === 'string')
    bounds.push(isAfter(list.ordering, decodeCursor('after', after, list, list.ordering)));
  if (typeof before === 'string')
    bounds.push(isAfter(reversed(list.ordering), decodeCursor('before', before, list, list.ordering)));
  return {
    where: sql`${sql.join(bounds, sql` and `)}`,
    orderBy: sql.join(
      ordering.map(({ column, direction }) => sql`${sql.ref(column.name)} ${sql.raw(direction)}`),
    ),
    limit: size + 1,
  };
}
