import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const migrationsFolder = fileURLToPath(new URL('../../../migrations/', import.meta.url));

export interface Migration {
  /**
   * A `step` makes or changes tables and data, and is applied once. A `function` or a `view` is the current definition
   * of what it is named after, and is applied whenever its text has changed.
   */
  readonly kind: 'step' | 'function' | 'view';
  /** The path of its file without the ending, such as `0001_baseline` or `functions/refresh`. */
  readonly name: string;
  readonly sql: string;
  /** Of a view: a query over the three tables that gives the same rows at the instant `:as_of`, published at `:published_as_of`. */
  readonly plainDefinition?: string;
  readonly checksum: string;
}

/** The name of the view that a migration defines. */
export const viewOf = ({ name }: Pick<Migration, 'name'>) => name.replace(/^views\//, '');

/** All migrations of this version, in the order in which they are applied. */
export async function listMigrations(): Promise<Migration[]> {
  const lists = await Promise.all([
    listFolder('step', '', /^\d{4}_\w+\.sql$/),
    listFolder('function', 'functions/', /^\w+\.sql$/),
    listFolder('view', 'views/', /^\w+\.sql$/),
  ]);
  return lists.flat();
}

async function listFolder(kind: Migration['kind'], folder: string, pattern: RegExp): Promise<Migration[]> {
  const files = (await readdir(migrationsFolder + folder)).filter((file) => pattern.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const name = folder + file.replace(/\.sql$/, '');
      const sql = await readFile(`${migrationsFolder}${name}.sql`, 'utf8');
      const plainDefinition =
        kind === 'view' ? await readFile(`${migrationsFolder}${name}.plain.sql`, 'utf8') : undefined;
      const checksum = createHash('sha256')
        .update(sql + (plainDefinition ?? ''))
        .digest('hex');
      return { kind, name, sql, ...(plainDefinition !== undefined && { plainDefinition }), checksum };
    }),
  );
}
