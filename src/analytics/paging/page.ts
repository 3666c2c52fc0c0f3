import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { run } from '../../database/query.js';
import type { View } from '../../views/catalogue.js';
import { generationColumn } from '../../views/reading.js';
import { select } from '../read.js';
import { selectedColumns } from '../selection.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { isBehind } from './keyset.js';
import { type Order, orderByClause, reversed, totalOrdering } from './ordering.js';
import { type PageArguments, pageSize } from './page-arguments.js';

/** Which rows of a view, in which order, and what of them. */
export interface PageRequest<Field extends string> {
  /** The name that the queries run under. */
  readonly queryName: string;
  readonly view: View<Field>;
  readonly where: RawBuilder<SqlBool> | undefined;
  readonly orderBy: readonly Order<Field>[];
  readonly page: PageArguments;
  /** Fields of a row that the document asks for. */
  readonly fields: ReadonlySet<string>;
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

/** Reads one page by keyset, and counts all rows only where the document asks for their number. */
export async function readPage<Row extends object, Field extends string>(
  database: Database,
  request: PageRequest<Field>,
): Promise<Page<Row>> {
  const { view, parts, page } = request;
  const { size, backward } = pageSize(page);
  const ordering = totalOrdering(view, request.orderBy);
  const bounds = [
    ...(request.where ? [request.where] : []),
    ...(typeof page.after === 'string'
      ? [isBehind(ordering, decodeCursor('after', page.after, view, ordering))]
      : []),
    ...(typeof page.before === 'string'
      ? [isBehind(reversed(ordering), decodeCursor('before', page.before, view, ordering))]
      : []),
  ];
  const wantsRows = ['nodes', 'edges', 'pageInfo'].some((part) => parts.has(part));
  const walked = backward ? reversed(ordering) : ordering;
  const query = select<Row>(database, {
    view,
    fields: selectedColumns(
      view,
      request.fields,
      ordering.map((step) => step.field),
    ),
    where: bounds.length > 0 ? sql<SqlBool>`${sql.join(bounds, sql` and `)}` : undefined,
    orderBy: orderByClause(walked),
    limit: size + 1,
  });
  const [rows, totalCount] = await Promise.all([
    wantsRows ? run<Row>(database, `${request.queryName}.page`, { compile: () => query }) : [],
    parts.has('totalCount') ? countRows(database, request) : null,
  ]);

  const hasMore = rows.length > size;
  const nodes = rows.slice(0, size);
  if (backward) nodes.reverse();
  // A cursor takes longer to make than the rest of its row, and most documents read none or one.
  const cursorOf = (node: Row | undefined) => (node ? encodeCursor(view, ordering, node) : null);
  return {
    nodes,
    edges: parts.has('edges')
      ? nodes.map((node) => ({
          node,
          get cursor() {
            return encodeCursor(view, ordering, node);
          },
        }))
      : [],
    pageInfo: {
      hasNextPage: backward ? typeof page.before === 'string' : hasMore,
      hasPreviousPage: backward ? hasMore : typeof page.after === 'string',
      get startCursor() {
        return cursorOf(nodes[0]);
      },
      get endCursor() {
        return cursorOf(nodes.at(-1));
      },
    },
    totalCount,
  };
}

async function countRows(database: Database, request: PageRequest<string>): Promise<number | bigint> {
  const where = request.where ? sql`where ${request.where}` : sql``;
  const query = sql<{
    count: number | bigint;
  }>`select count(*) as count, ${generationColumn} from ${sql.table(request.view.name)} ${where}`;
  const [row] = await run(database, `${request.queryName}.count`, {
    compile: () => query.compile(database.kysely),
  });
  return row?.count ?? 0;
}
