import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { Column } from '../../catalogue/column.js';
import type { FieldOf, View } from '../../catalogue/view.js';
import { composedKey } from '../../composed-key.js';
import type { DB } from '../../database/generated.js';
import { readOne } from '../../database/reader/reader.js';
import { textBytes } from '../../memory.js';
import { type Compiled, compileOnce } from '../compile-once.js';
import { type Filter, parseFilter } from '../filtering/parse-filter.js';
import { predicateOf } from '../filtering/predicate.js';
import { literal, withParameters } from '../read.js';
import type { FilterOf } from '../rows/filter-input.js';
import type { ConnectionSelection, SelectionOf } from '../selection.js';
import type { AnalyticsReader } from '../withholding/analytics-reader.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { isAfter } from './keyset.js';
import {
  type Order,
  type OrderedColumn,
  orderRows,
  orderSteps,
  reversed,
  totalOrdering,
} from './ordering.js';
import { type PageArguments, pageSize } from './page-arguments.js';
import { assemblePage, type Page, wantsRows } from './page-parts.js';

/** What a document asks for of a source. */
export interface PageRequest<Of extends View> extends PageArguments, ConnectionSelection {
  readonly filter?: FilterOf<Of> | null;
  readonly orderBy?: readonly Order<FieldOf<Of>>[] | null;
}

/** A list of a view's rows. */
export interface ListSource<Of extends View, Row> {
  /** The name that the queries run under. */
  readonly name: string;
  readonly view: Of;
  /** Only rows with this value. */
  readonly where?: { readonly field: FieldOf<Of>; readonly value: string };
  readonly defaultOrder: readonly Order<FieldOf<Of>>[];
  /** Fields that are read besides the selected ones. */
  readonly needed?: readonly FieldOf<Of>[];
  selectRows(columns: readonly SelectionOf<Of>[]): SelectQueryBuilder<DB, Of['name'], Row>;
  countRows(): SelectQueryBuilder<DB, Of['name'], Count>;
}

export interface Count {
  readonly count: number | bigint;
}

/** The texts of a page's queries, and the order of its rows. */
interface CompiledPage extends Compiled {
  readonly ordering: readonly OrderedColumn[];
  readonly rows: string | null;
  readonly count: string | null;
}

/** A compiled page with the values of one request. */
interface BoundPage {
  readonly page: CompiledPage;
  readonly rowValues: readonly unknown[];
  readonly countValues: readonly unknown[];
}

/** Reads one page by keyset, and counts all rows only where the document asks for their number. */
export async function readPage<Of extends View, Row extends object>(
  reader: AnalyticsReader,
  source: ListSource<Of, Row>,
  request: PageRequest<Of>,
): Promise<Page<Row>> {
  const { page, rowValues, countValues } = bindPage(reader, source, request);
  const { ordering, rows: text, count: countText } = page;
  const counting =
    countText === null
      ? null
      : readOne<Count>(reader, `${source.name}.count`, withParameters(countText, countValues));
  const reading =
    text === null ? [] : reader.read(`${source.name}.page`, withParameters<Row>(text, rowValues));
  const [nodes, counted] = counting ? await Promise.all([reading, counting]) : [await reading, null];
  const cursorOf = (node: Row) => encodeCursor(source.view, ordering, node);
  return assemblePage(nodes, request, cursorOf, counting ? (counted?.count ?? 0) : null);
}

function bindPage<Of extends View, Row>(
  { withholdUnder }: AnalyticsReader,
  source: ListSource<Of, Row>,
  request: PageRequest<Of>,
): BoundPage {
  const filter = parseFilter(request.filter);
  const { orderBy, after, before, selection, parts } = request;
  // Not cached: nulls in a cursor change the SQL text.
  if (typeof after === 'string' || typeof before === 'string') return compilePage(source, request, filter);
  const { size, backward } = pageSize(request);
  const key = composedKey(
    'page',
    withholdUnder,
    selection.columns(source.view, source.needed).key,
    wantsRows(parts),
    parts.has('totalCount'),
    source.name,
    source.where !== undefined,
    backward,
    size,
    JSON.stringify(orderBy),
    filter.shape,
  );
  const values = source.where ? [source.where.value, ...filter.values] : filter.values;
  const page = compileOnce(key, () => compilePage(source, request, filter).page);
  return { page, rowValues: values, countValues: values };
}

function compilePage<Of extends View, Row>(
  { view, where, defaultOrder, needed = [], selectRows, countRows }: ListSource<Of, Row>,
  request: PageRequest<Of>,
  filter: Filter,
): BoundPage {
  const { orderBy, after, before, selection, parts } = request;
  const { size, backward } = pageSize(request);
  const ordering = totalOrdering<FieldOf<Of>>(view, orderSteps(orderBy, defaultOrder));
  const fixed =
    where && sql<SqlBool>`${sql.ref((view.columns[where.field] as Column).name)} = ${where.value}`;
  const conditions = [fixed, predicateOf(view, filter)].filter((condition) => condition !== undefined);
  const bounds = [...conditions];
  if (typeof after === 'string') bounds.push(isAfter(ordering, decodeCursor('after', after, view, ordering)));
  if (typeof before === 'string')
    bounds.push(isAfter(reversed(ordering), decodeCursor('before', before, view, ordering)));
  const sorted = ordering.map((step) => step.field);
  const { selections } = selection.columnsWith(view, [...needed, ...sorted]);
  const rows = wantsRows(parts)
    ? orderRows(whereAll(selectRows(selections), bounds), backward ? reversed(ordering) : ordering)
        .limit(literal(size + 1))
        .compile()
    : null;
  const count = parts.has('totalCount') ? whereAll(countRows(), conditions).compile() : null;
  return {
    page: {
      ordering,
      rows: rows?.sql ?? null,
      count: count?.sql ?? null,
      bytes: 1_500 + textBytes(rows?.sql ?? '') + textBytes(count?.sql ?? ''),
    },
    rowValues: rows?.parameters ?? [],
    countValues: count?.parameters ?? [],
  };
}

function whereAll<Table extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, Table, Row>,
  conditions: readonly RawBuilder<SqlBool>[],
): SelectQueryBuilder<DB, Table, Row> {
  return conditions.length > 0 ? query.where(sql<SqlBool>`${sql.join(conditions, sql` and `)}`) : query;
}
