import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const folder = '/usr/lib/postgresql/15/bin';

/** Whether pg_dump, pg_restore and psql of PostgreSQL 15 are there, where Debian puts them. */
export const hasDumpPrograms = existsSync(`${folder}/pg_dump`) && existsSync(`${folder}/psql`);

export const dumpPrograms = `pg_dump, pg_restore and psql of PostgreSQL 15 in ${folder}`;

/** Runs one of them to its end. @throws when it does not end with 0. */
export async function runProgram(
  name: 'pg_dump' | 'pg_restore' | 'psql',
  words: readonly string[],
): Promise<string> {
  const options = { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, PGCONNECT_TIMEOUT: '60' } };
  const { stdout } = await promisify(execFile)(`${folder}/${name}`, words, options);
  return stdout;
}
