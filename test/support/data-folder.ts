import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createMigratedPglite } from './database-templates.js';

/** Fills a data folder as an earlier start would have, with one artist instead of the demo data, which takes many seconds. */
export async function fillDataFolder(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const lite = await createMigratedPglite({ dataDir: path.join(folder, 'postgres') });
  await lite.query(`insert into artists (artist_address, name) values ('0xa', 'Ada')`);
  await lite.close();
}
