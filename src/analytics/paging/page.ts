import { CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { composedKey } from '../../composed-key.js';
import type { Database } from '../../database/database.js';
import { run, runForOne } from '../../database/query.js';
import { idOf, textBytes } from '../../memory.js';
import type { View } from '../../views/catalogue.js';
import { stateColumn } from '../../views/reading.js';
import { type FilterInput, predicateOf } from '../filtering/predicate.js';
import { shapeOf } from '../filtering/shape.js';
import { select } from '../read.js';
import { selectedColumns } from '../selection.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { isBehind } from './keyset.js';
import { type Order, type OrderedColumn, orderByClause, reversed, totalOrdering } from './ordering.js';
import { type PageArguments, pageSize } from './page-arguments.js';
import { Edge, PageInfo } from './page-parts.js';

/** Which rows of a view, in which order, and what of them. */
export interface PageRequest<Field extends string> {
  /** The name that the queries run under. */
  readonly queryName: string;
  readonly view: View<Field>;
  readonly filter: FilterInput | null | undefined;
  readonly orderBy: readonly Order<Field>[];
  readonly page: PageArguments;
  /** Fields of a row that the document asks for. */
  readonly fields: ReadonlySet<string>;
  /** Fields that are read beside them. */
  readonly needed?: readonly Field[];
  /** Which parts of the connection the document asks for. */
  readonly parts: ReadonlySet<string>;
}

/** One page, in the shape of a Relay connection. */
export interface Page<Row> {
  readonly nodes: readonly Row[];
  readonly edges: readonly { readonly node: Row; readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | bigint | null;
}

/** What a request comes to. */
interface PagePlan<Row, Field extends string> {
  readonly rows: CompiledQuery<Row> | null;
  readonly count: CompiledQuery<{ readonly count: number | bigint }> | null;
  readonly ordering: readonly OrderedColumn<Field>[];
  readonly size: number;
  readonly backward: boolean;
}

/** How much memory the plans may take that are kept, in bytes. */
const planBytes = 8_000_000;

/** Plans by the shape of what was asked for, for each place in a document; making one takes longer than reading a page. */
const plans = new LRUCache<string, PagePlan<never, never>>({
  maxSize: planBytes,
  sizeCalculation: ({ rows, count }, key) =>
    1_500 + textBytes(key) + textBytes(rows?.sql ?? '') + textBytes(count?.sql ?? ''),
});

/** Reads one page by keyset, and counts all rows only where the document asks for their number. */
export async function readPage<Row extends object, Field extends string>(
  database: Database,
  request: PageRequest<Field>,
): Promise<Page<Row>> {
  const { view, parts, page, queryName } = request;
  const { rows: query, count, ordering, size, backward } = planOf<Row, Field>(database, request);
  const counting = count ? runForOne(database, `${queryName}.count`, { compile: () => count }) : null;
  const reading = query ? run(database, `${queryName}.page`, { compile: () => query }) : [];
  const [nodes, counted] = counting ? await Promise.all([reading, counting]) : [await reading, null];
  const hasMore = nodes.length > size;
  if (hasMore) nodes.pop();
  if (backward) nodes.reverse();
  const cursorOf = (node: Row) => encodeCursor(view, ordering, node);
  return {
    nodes,
    edges: parts.has('edges') ? nodes.map((node) => new Edge(node, cursorOf)) : [],
    pageInfo: new PageInfo(
      backward ? typeof page.before === 'string' : hasMore,
      backward ? hasMore : typeof page.after === 'string',
      nodes,
      cursorOf,
    ),
    totalCount: count ? (counted?.count ?? 0) : null,
  };
}

function planOf<Row extends object, Field extends string>(
  database: Database,
  request: PageRequest<Field>,
): PagePlan<Row, Field> {
  const { queryName, filter, orderBy, page, fields } = request;
  // What is in a cursor decides about the text, too.
  if (typeof page.after === 'string' || typeof page.before === 'string')
    return planPage<Row, Field>(database, request);
  const { size, backward } = pageSize(page);
  const { shape, values } = shapeOf(filter);
  const key = composedKey(idOf(fields), queryName, backward, size, JSON.stringify(orderBy), shape);
  const alike = plans.get(key) as PagePlan<Row, Field> | undefined;
  if (alike) {
    const { rows, count } = alike;
    return {
      ...alike,
      rows: rows && withParameters(rows, values),
      count: count && withParameters(count, values),
    };
  }
  const plan = planPage<Row, Field>(database, request);
  // The text and the shape are made apart; where they do not agree in what is bound, each request is planned anew.
  if (isBound(plan.rows, values) && isBound(plan.count, values))
    plans.set(key, withoutValues(plan) as unknown as PagePlan<never, never>);
  return plan;
}

/** Only the texts are kept: values may be long, and each request brings its own. */
function withoutValues<Row, Field extends string>(plan: PagePlan<Row, Field>): PagePlan<Row, Field> {
  const { rows, count } = plan;
  return { ...plan, rows: rows && withParameters(rows, []), count: count && withParameters(count, []) };
}

function withParameters<Row>(query: CompiledQuery<Row>, parameters: readonly unknown[]): CompiledQuery<Row> {
  return CompiledQuery.raw(query.sql, parameters as unknown[]) as CompiledQuery<Row>;
}

function isBound(query: CompiledQuery<unknown> | null, values: readonly unknown[]): boolean {
  return (
    query === null ||
    (query.parameters.length === values.length &&
      query.parameters.every((parameter, index) => parameter === values[index]))
  );
}

function planPage<Row extends object, Field extends string>(
  database: Database,
  { view, parts, page, fields, needed = [], ...request }: PageRequest<Field>,
): PagePlan<Row, Field> {
  const { size, backward } = pageSize(page);
  const ordering = totalOrdering(view, request.orderBy);
  const where = predicateOf(view, request.filter);
  const bounds = [
    ...(where ? [where] : []),
    ...(typeof page.after === 'string'
      ? [isBehind(ordering, decodeCursor('after', page.after, view, ordering))]
      : []),
    ...(typeof page.before === 'string'
      ? [isBehind(reversed(ordering), decodeCursor('before', page.before, view, ordering))]
      : []),
  ];
  const wantsRows = ['nodes', 'edges', 'pageInfo'].some((part) => parts.has(part));
  const columns = selectedColumns(view, fields, [...needed, ...ordering.map((step) => step.field)]);
  return {
    ordering,
    size,
    backward,
    rows: wantsRows
      ? select<Row>(database, {
          view,
          fields: columns,
          where: bounds.length > 0 ? sql<SqlBool>`${sql.join(bounds, sql` and `)}` : undefined,
          orderBy: orderByClause(backward ? reversed(ordering) : ordering),
          limit: size + 1,
        })
      : null,
    count: parts.has('totalCount') ? countRows(database, view, where) : null,
  };
}

function countRows(database: Database, view: View, where: RawBuilder<SqlBool> | undefined) {
  const condition = where ? sql`where ${where}` : sql``;
  return sql<{
    count: number | bigint;
  }>`select count(*) as count, ${stateColumn} from ${sql.table(view.name)} ${condition}`.compile(
    database.kysely,
  );
}
