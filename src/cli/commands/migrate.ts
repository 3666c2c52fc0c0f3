import { readConfig } from '../../config/read-config.js';
import { migrate } from '../../database/migrations/migrate.js';
import { summarizeMigrations } from '../../database/migrations/summarize.js';
import { openDirectDatabase } from '../../gateway/databases/open-database.js';
import type { Command } from '../command.js';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the schema to this version; safe to run again and from several places at once.',
  details:
    'Adopts tables that are already there: they get a column, triggers and indexes; extra columns stay as they are.\nPuts back views that were dropped or renamed.',
  options: [],
  async run(_values, { env, stdout }) {
    const database = await openDirectDatabase(readConfig(env));
    try {
      let hasRestored = false;
      const applied = await migrate(
        database,
        (migrations) => {
          for (const what of summarizeMigrations(migrations)) stdout.write(`applied ${what}\n`);
        },
        (what) => {
          hasRestored = true;
          stdout.write(`${what}\n`);
        },
      );
      if (applied.length > 0)
        stdout.write(
          'Next: `mycelix-analytics refresh` fills the views, and `mycelix-analytics doctor` says what is left to do.\n',
        );
      else if (!hasRestored) stdout.write('The schema is up to date.\n');
      return 0;
    } finally {
      await database.close();
    }
  },
};
