import { queryBuilder } from '../../database/query-builder.js';
import { type Reader, readOne } from '../../database/reader/reader.js';

/** How many rows of a view, or of `series`, `statements` or `charts`, are not what the plays say. */
export interface Difference {
  readonly view: string;
  readonly rows: number;
}

/** A verification that has ended. */
export interface VerificationRecord {
  /** When it began. */
  readonly ranAt: string;
  readonly durationMs: number;
  /** The refresh that was verified, and its instant; null when the verification failed. */
  readonly generation: number | null;
  readonly asOf: string | null;
  /** Null when the verification failed, as the two below. */
  readonly isConsistent: boolean | null;
  readonly differences: readonly Difference[] | null;
  /** What lets changes of plays slip past the capture. */
  readonly bypasses: readonly string[] | null;
  /** Why it failed; null when it did not. */
  readonly error: string | null;
  /** How many have failed, ever. */
  readonly failures: number;
}

/** Finds the last verification by any gateway or command; null before the first one. */
export async function findVerification(reader: Reader): Promise<VerificationRecord | null> {
  const row = await readOne(
    reader,
    'monitoring.verification',
    queryBuilder
      .selectFrom('analytics.verification')
      .select(['ran_at', 'duration_ms', 'generation', 'as_of', 'differing', 'bypasses', 'error', 'failures'])
      .where('ran_at', 'is not', null),
  );
  if (!row || row.ran_at === null) return null;
  const differing = row.differing as Readonly<Record<string, number>> | null;
  const differences =
    differing &&
    Object.entries(differing)
      .map(([view, rows]) => ({ view, rows }))
      .sort((one, other) => one.view.localeCompare(other.view));
  const bypasses = row.bypasses as readonly string[] | null;
  return {
    ranAt: row.ran_at,
    durationMs: row.duration_ms ?? 0,
    generation: row.generation as number | null,
    asOf: row.as_of,
    isConsistent: differences && bypasses && differences.length === 0 && bypasses.length === 0,
    differences,
    bypasses,
    error: row.error,
    failures: Number(row.failures),
  };
}
