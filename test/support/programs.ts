import { spawnSync } from 'node:child_process';

/**
 * A program that may be installed; null when it is not, and then its tests are skipped aloud.
 * @param flag has it say its version and end.
 */
export function findProgram(name: string, flag = '--version'): string | null {
  return spawnSync(name, [flag]).status === 0 ? name : null;
}
