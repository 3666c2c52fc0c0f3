import { closeSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const slotBytes = 8;

/** The newest generation that each process has shown, in a file that all of them have open. */
export interface ShownPage {
  newest(): number;
  write(generation: number): void;
}

/**
 * Makes the file and takes its name away at once, so that nothing is left of it, however the processes end.
 * @returns its descriptor
 * @throws Error that says where it could not be made
 */
export function createPageFile(slots: number): number {
  try {
    return createUnnamedFile(slots * slotBytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`WORKERS: expected to make a small file in ${tmpdir()} (TMPDIR), got ${code ?? error}.`);
  }
}

function createUnnamedFile(bytes: number): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'mycelix-analytics-'));
  try {
    const descriptor = openSync(path.join(folder, 'shown'), 'wx+', 0o600);
    try {
      ftruncateSync(descriptor, bytes);
      return descriptor;
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A process writes to its own slot alone, so that no two of them undo what the other wrote. The kernel shows what was written
 * to every later read, which no message between processes could promise.
 */
export function openShownPage(descriptor: number, slots: number, slot: number): ShownPage {
  const all = new Float64Array(slots);
  const own = new Float64Array(1);
  return {
    newest() {
      readSync(descriptor, all, 0, all.byteLength, 0);
      let newest = 0;
      for (const generation of all) if (generation > newest) newest = generation;
      return newest;
    },
    write(generation) {
      own[0] = generation;
      writeSync(descriptor, own, 0, slotBytes, slot * slotBytes);
    },
  };
}
