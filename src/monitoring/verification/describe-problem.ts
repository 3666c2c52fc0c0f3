import type { VerificationRecord } from './repository.js';

export interface VerificationProblem {
  readonly message: string;
  /** Rows that differ; null when none does, or the verification failed. */
  readonly value: number | null;
  readonly threshold: number | null;
}

/**
 * What is wrong after a verification; null when nothing is. It names no key of a row and repeats nothing that the database
 * said, because alerts leave the gateway.
 */
export function describeProblem(verification: VerificationRecord): VerificationProblem | null {
  const { isConsistent, differences, bypasses } = verification;
  if (isConsistent) return null;
  if (differences === null)
    return {
      message: 'The verification of the views failed; `monitoring { verification { error } }` says why.',
      value: null,
      threshold: null,
    };
  const rows = differences.reduce((sum, difference) => sum + difference.rows, 0);
  const where = differences.map(({ view, rows }) => `${view}: ${rows}`).join(', ');
  const found = [
    ...(rows > 0
      ? [`${rows} ${rows === 1 ? 'row that is' : 'rows that are'} not what the plays say (${where})`]
      : []),
    ...(bypasses?.length
      ? [`${bypasses.length} ${bypasses.length === 1 ? 'way' : 'ways'} in which plays slip past the refresh`]
      : []),
  ];
  return {
    message: `The verification found ${found.join(' and ')}; expected none. \`mycelix-analytics verify\` names them.`,
    value: rows > 0 ? rows : null,
    threshold: rows > 0 ? 0 : null,
  };
}
