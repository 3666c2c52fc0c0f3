import { composedKey } from '../../../composed-key.js';
import type { AlertBook, AlertKind, Problem } from '../../../monitoring/alerts/alerts.js';
import type { Noted } from '../messages.js';

/** The alerts of a worker, which the primary process keeps with those of the others. */
export interface NotedProblems extends AlertBook {
  /** What was noted since the last call; null for nothing. */
  take(): Noted | null;
}

/** @param list asks the primary process */
export function noteProblems(list: AlertBook['list']): NotedProblems {
  const problems = new Map<string, { problem: Problem; times: number }>();
  const recovered = new Map<string, { kind: AlertKind; subject: string }>();
  return {
    raise(problem, times = 1) {
      const key = composedKey(problem.kind, problem.subject);
      problems.set(key, { problem, times: (problems.get(key)?.times ?? 0) + times });
    },
    recover(kind, subject) {
      const key = composedKey(kind, subject);
      problems.delete(key);
      recovered.set(key, { kind, subject });
    },
    // The primary process does that for all.
    settle() {},
    list,
    take() {
      if (problems.size === 0 && recovered.size === 0) return null;
      const noted: Noted = {
        kind: 'noted',
        recovered: [...recovered.values()],
        problems: [...problems.values()].map(({ problem, times }) => ({ ...problem, times })),
      };
      problems.clear();
      recovered.clear();
      return noted;
    },
  };
}
