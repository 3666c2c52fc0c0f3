/** Hooks for tracing statements; there are none unless tracing is on. */
export interface DatabaseTrace {
  /** The work that asks at this moment; null where nobody follows it. */
  current(): FollowedWork | null;
}

/** Something that waits for connections and asks statements. */
export interface FollowedWork {
  /** Begins a wait for a connection. */
  wait(): Step;
  statement(statement: FollowedStatement): Step;
}

export interface FollowedStatement {
  /** The name that its query runs under, or its command. */
  readonly name: string;
  /** The SQL; null where values may stand in it. */
  readonly text: string | null;
  /** The relation that it reads first; its name where that is unknown. */
  readonly relation: string;
}

/** A part of the work that was begun. Calls after the first one are ignored. */
export interface Step {
  /** @param rows how many it gave, where it gives any. */
  end(rows?: number): void;
  /** @param code the SQLSTATE, or what stands for it. Never a message: it may repeat a value. */
  fail(code: string): void;
}
