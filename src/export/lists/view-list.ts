import { type SqlBool, sql } from 'kysely';
import { type Filter, type FilterInput, parseFilter } from '../../analytics/filtering/parse-filter.js';
import { predicateOf } from '../../analytics/filtering/predicate.js';
import { type Order, orderRows, orderSteps, totalOrdering } from '../../analytics/paging/ordering.js';
import { countAll, literal } from '../../analytics/read.js';
import type { AnalyticsReader } from '../../analytics/withholding/analytics-reader.js';
import { viewRows } from '../../analytics/withholding/view-rows.js';
import type { Column } from '../../catalogue/column.js';
import type { View, ViewName } from '../../catalogue/view.js';
import { queryBuilder } from '../../database/query-builder.js';
import { readOne } from '../../database/reader/reader.js';
import { filteredListCost } from '../../limits/cost/list-cost.js';
import type { ExportColumn, ExportList, Extent } from '../export-list.js';
import type { ListName } from '../names.js';
import { piecesOf } from './pieces-of.js';

export interface ViewListOptions {
  readonly name: ListName;
  /** The field of `Query` that lists the same rows. */
  readonly root: string;
  readonly view: View;
  readonly defaultOrder: readonly Order[];
  /** Whether the field has a filter and an ordering. */
  readonly isFiltered: boolean;
  readonly maxRows?: number;
}

/** The rows of a view, by the filter and the ordering of the field that lists them page by page. */
export function viewList(options: ViewListOptions): ExportList {
  const { name, root, view, defaultOrder, isFiltered, maxRows = null } = options;
  return {
    name,
    view: view.name as ViewName,
    columns: Object.entries<Column>(view.columns).map(([field, { kind, nullable }]) => ({
      field,
      kind,
      nullable,
    })),
    parameters: isFiltered ? ['filter', 'orderBy'] : [],
    maxRows,
    plan(parameters) {
      parameters.requireAccess('Query', root);
      const given = (argument: string) => (isFiltered ? parameters.json('Query', root, argument) : null);
      const filterInput = given('filter') as FilterInput | null;
      const orderInput = given('orderBy') as readonly Order[] | null;
      const filter = parseFilter(filterInput);
      const order = orderSteps(orderInput, defaultOrder);
      return {
        cost: filteredListCost(parameters.schema, `${view.row.type}Order`, filterInput, orderInput),
        async open(snapshot, extent) {
          const total = await countRows(snapshot.reader, { name, view, filter }, extent);
          const rows = selectRows(snapshot.reader, { view, filter, order }, extent);
          return { total, pieces: piecesOf(await snapshot.openCursor(`export.${name}`, rows)) };
        },
      };
    },
  };
}

function selectRows(
  reader: AnalyticsReader,
  { view, filter, order }: { readonly view: View; readonly filter: Filter; readonly order: readonly Order[] },
  { columns, limit }: Extent,
) {
  const selections = columns.map(({ field }) => sql.ref(columnOf(view, field).name).as(field));
  const rows = orderRows(whereFits(reader, view, filter).select(selections), totalOrdering(view, order));
  return limit === null ? rows : rows.limit(literal(limit));
}

/** Counts no further than one row beyond the limit, which says that there are more. */
async function countRows(
  reader: AnalyticsReader,
  { name, view, filter }: { readonly name: string; readonly view: View; readonly filter: Filter },
  { limit, isCounted }: Extent,
): Promise<number | null> {
  if (limit === null && !isCounted) return null;
  const rows = whereFits(reader, view, filter).select(sql.lit(1).as('one'));
  const few = limit === null ? rows : rows.limit(literal(limit + 1));
  const counted = await readOne(
    reader,
    `export.${name}.count`,
    queryBuilder.selectFrom(few.as('few')).select(countAll),
  );
  return Number(counted?.count ?? 0);
}

function whereFits(reader: AnalyticsReader, view: View, filter: Filter) {
  const predicate = predicateOf(view, filter);
  const rows = viewRows(reader, view);
  return predicate ? rows.where(sql<SqlBool>`${predicate}`) : rows;
}

function columnOf(view: View, field: ExportColumn['field']): Column {
  return view.columns[field] as Column;
}
