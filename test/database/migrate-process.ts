import { migrateCommand } from '../../src/cli/migrate.js';

// One process of many that migrate at once; the environment names the database, as for the command line.
process.exitCode = await migrateCommand.run({}, {
  env: process.env,
  stdout: process.stdout,
} as unknown as Parameters<typeof migrateCommand.run>[1]);
