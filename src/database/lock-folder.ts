import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** Folders that this very process holds: a file with its own number in it is otherwise left from an earlier process. */
const held = new Set<string>();

/**
 * Takes a folder for this process, because two processes on one embedded database would destroy it.
 * A lock whose process is gone is taken over.
 * @returns what gives the folder back.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const file = path.resolve(folder, 'in-use-by');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      held.add(file);
      return async () => {
        held.delete(file);
        await rm(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(await readFile(file, 'utf8').catch(() => ''));
      if (holder === process.pid ? held.has(file) : holder > 0 && isAlive(holder)) break;
      await rm(file, { force: true });
    }
  }
  throw new Error(
    `The embedded database in ${folder} is in use by another process (${file} says which). Stop that one first, or set DATA_DIR to another folder.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
