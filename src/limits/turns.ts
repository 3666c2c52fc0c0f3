/** Runs work of a subject, at once or after work of the same subject that came before. */
export type Turns = <Result>(subject: string, work: () => Promise<Result>) => Promise<Result>;

export interface TurnsOptions {
  /** How much work of one subject may run at a time. */
  readonly atOnce: number;
  /** How much may wait for its turn; for what comes then `refuse` makes the error. */
  readonly maxWaiting: number;
  readonly refuse: () => Error;
}

interface Subject {
  running: number;
  readonly waiting: (() => void)[];
}

/** Bounds what each subject may have running, so that none of them takes the time of the others. */
export function createTurns({ atOnce, maxWaiting, refuse }: TurnsOptions): Turns {
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
