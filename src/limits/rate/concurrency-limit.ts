/** Runs work of a subject, at once or when earlier work of the same subject has ended. */
export type ConcurrencyLimit = <Result>(subject: string, work: () => Promise<Result>) => Promise<Result>;

export interface ConcurrencyLimitOptions {
  /** How much work of one subject may run at a time. */
  readonly atOnce: number;
  /** How much may wait at a time; `refuse` makes the error for more. */
  readonly maxWaiting: number;
  readonly refuse: () => Error;
}

interface Subject {
  running: number;
  readonly waiting: (() => void)[];
}

/** Bounds what each subject may have running, so that none of them takes the time of the others. */
export function createConcurrencyLimit({
  atOnce,
  maxWaiting,
  refuse,
}: ConcurrencyLimitOptions): ConcurrencyLimit {
  const subjects = new Map<string, Subject>();
  return async (name, work) => {
    let subject = subjects.get(name);
    if (!subject) {
      subject = { running: 0, waiting: [] };
      subjects.set(name, subject);
    }
    const { waiting } = subject;
    if (subject.running < atOnce) subject.running += 1;
    else if (waiting.length >= maxWaiting) throw refuse();
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The next one takes over the place of this one.
      if (next) next();
      else if (--subject.running === 0) subjects.delete(name);
    }
  };
}
