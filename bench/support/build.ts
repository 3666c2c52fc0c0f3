import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Builds the gateway when its sources are newer than what was built. */
export function build(): void {
  const { status } = spawnSync(process.execPath, ['build.mjs'], {
    cwd: path.join(import.meta.dirname, '..', '..'),
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`Expected the gateway to be built, got exit code ${status}`);
}
