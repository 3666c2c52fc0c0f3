/** How fresh an answer is, as `extensions.freshness` says it. */
export interface Freshness {
  /** The refresh that the numbers are of. Answers of one generation agree with each other. */
  readonly generation: number;
  /** The instant that all numbers of all views hold for. */
  readonly asOf: string;
  /** When the gateway refreshes next; null without a schedule. */
  readonly nextRefreshAt: string | null;
}

/** An answer without errors. As long as the gateway answers with 304, it is the same object. */
export interface Answer<Data> {
  readonly data: Data;
  /** Null for what does not come from the views. */
  readonly freshness: Freshness | null;
  /** Whether the database is away, and this is what was true when it last answered. */
  readonly isStale: boolean;
}

/** What came over the wire for one request. */
export interface Received<Data> {
  readonly answer: Answer<Data>;
  /** The gateway's clock in milliseconds since 1970; absent when the answer does not show it. */
  readonly gatewayTimeMs?: number | null;
}
