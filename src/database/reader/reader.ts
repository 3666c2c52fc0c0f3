import type { Compilable } from 'kysely';

/** Reads by named queries. All that the parts above the database see of it for reading. */
export interface Reader {
  /**
   * Runs a query under a name, which reaches metrics and, as a comment, the server's own statistics.
   * @throws GatewayError `TIMEOUT`, `UNAVAILABLE` or `INTERNAL_SERVER_ERROR`; the database's own words stay in `cause`.
   */
  read<Row>(name: string, query: Compilable<Row>): Promise<Row[]>;
}

/** The same for a query that gives at most one row. */
export async function readOne<Row>(
  reader: Reader,
  name: string,
  query: Compilable<Row>,
): Promise<Row | null> {
  const [row] = await reader.read(name, query);
  return row ?? null;
}
