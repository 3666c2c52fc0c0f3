import { neededColumns } from './adoption/needed-columns.js';
import type { Database } from './database.js';
import { migrate } from './migrations/migrate.js';
import { findPending } from './migrations/pending.js';

/** Tables of somebody else that have to be adopted on purpose, because that changes and locks them. */
export class AdoptionNeeded extends Error {
  constructor() {
    super(
      'This database holds tables that this gateway did not make. Run `mycelix-analytics doctor` to see what adopting them means, then `mycelix-analytics migrate` to do it.',
    );
    this.name = 'AdoptionNeeded';
  }
}

/**
 * Brings the schema to this version, unless the tables there are somebody else's and were never adopted.
 * @throws AdoptionNeeded, or whatever keeps the database from being reached or changed.
 */
export async function prepare(database: Database): Promise<void> {
  const pending = await findPending(database);
  if (pending.migrations.length === 0) return;
  const { rows } = await database.query<{ foreign: boolean }>(
    `select exists (select from unnest($1::text[]) name where to_regclass(name) is not null) as "foreign"`,
    [Object.keys(neededColumns)],
  );
  if (rows[0]?.foreign && !pending.isOurs) throw new AdoptionNeeded();
  await migrate(database);
}
