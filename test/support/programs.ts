import { spawnSync } from 'node:child_process';

/** A program that may be installed; null when it is not, and then its tests are skipped aloud. */
export function findProgram(name: string): string | null {
  return spawnSync(name, ['--version']).status === 0 ? name : null;
}
