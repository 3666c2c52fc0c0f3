/** The connections of a database at one moment. */
export interface PoolCounts {
  /** Open connections, active and idle. */
  readonly total: number;
  readonly idle: number;
  /** Statements that wait for a connection. */
  readonly waiting: number;
}
