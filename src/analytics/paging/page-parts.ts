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
