import type { ConnectionSelection } from '../selection.js';
import { type PageArguments, pageSize } from './page-arguments.js';

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

/** Makes the cursor of a row. Making one takes longer than the rest of the row, and most documents read at most one. */
export type CursorOf<Row> = (node: Row) => string;

/** A row with its cursor, which is made when it is read. */
export class LazyEdge<Row> {
  readonly node: Row;
  readonly #cursorOf: CursorOf<Row>;

  constructor(node: Row, cursorOf: CursorOf<Row>) {
    this.node = node;
    this.#cursorOf = cursorOf;
  }

  get cursor(): string {
    return this.#cursorOf(this.node);
  }
}

/** Whether there are other pages; the cursors are made when they are read. */
export class LazyPageInfo<Row> {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #nodes: readonly Row[];
  readonly #cursorOf: CursorOf<Row>;

  constructor(
    hasNextPage: boolean,
    hasPreviousPage: boolean,
    nodes: readonly Row[],
    cursorOf: CursorOf<Row>,
  ) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
    this.#nodes = nodes;
    this.#cursorOf = cursorOf;
  }

  get startCursor(): string | null {
    return this.#cursorAt(0);
  }

  get endCursor(): string | null {
    return this.#cursorAt(-1);
  }

  #cursorAt(index: number): string | null {
    const node = this.#nodes.at(index);
    return node === undefined ? null : this.#cursorOf(node);
  }
}

/** Makes a page of `rows`, read in paging direction with one extra row. Modifies `rows`. */
export function assemblePage<Row>(
  rows: Row[],
  request: PageArguments & Pick<ConnectionSelection, 'parts'>,
  cursorOf: CursorOf<Row>,
  totalCount: number | bigint | null,
): Page<Row> {
  const { after, before, parts } = request;
  const { size, backward } = pageSize(request);
  const hasMore = rows.length > size;
  if (hasMore) rows.pop();
  if (backward) rows.reverse();
  return {
    nodes: rows,
    edges: parts.has('edges') ? rows.map((node) => new LazyEdge(node, cursorOf)) : [],
    // As in Relay's specification: in paging direction only rows between the cursors count, so the extra row
    // decides. In the other direction, the row of a given cursor lies outside the page.
    pageInfo: new LazyPageInfo(
      backward ? typeof before === 'string' : hasMore,
      backward ? hasMore : typeof after === 'string',
      rows,
      cursorOf,
    ),
    totalCount,
  };
}

/** Whether a document asks for more of a page than the number of all rows. */
export function wantsRows(parts: ReadonlySet<string>): boolean {
  return parts.has('nodes') || parts.has('edges') || parts.has('pageInfo');
}
