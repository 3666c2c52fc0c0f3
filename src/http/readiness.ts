/** Whether the gateway can serve. `reasons` says in sentences why not, and is empty when it can. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

/** Looks now. It never throws: what it cannot find out is a reason. */
export type CheckReadiness = () => Promise<Readiness>;
