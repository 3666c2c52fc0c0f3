import { existsSync } from 'node:fs';
import { readConfig } from '../../config/read-config.js';
import type { Database } from '../../database/database.js';
import { examine } from '../../doctor/examine.js';
import { type Finding, ok } from '../../doctor/finding.js';
import { describeUnreachable } from '../../doctor/reach.js';
import { openDirectDatabase } from '../../gateway/databases/open-database.js';
import type { Command } from '../command.js';

const signs = { ok: '✓', hint: '!', fault: '✗' };

export const doctor: Command = {
  name: 'doctor',
  summary: 'Check the database and say what to do; changes nothing.',
  details: 'Exit code 1 when the gateway could not serve from it as it is.',
  options: [],
  async run(_values, { env, stdout, now }) {
    const config = readConfig(env);
    let canServe = true;
    const report = ({ level, title, advice }: Finding) => {
      if (level === 'fault') canServe = false;
      stdout.write(`${signs[level]} ${title}${advice ? `. ${advice}` : ''}\n`);
    };
    // Opening the embedded database would make it.
    if (!config.databaseUrl && !existsSync(`${config.dataDir}/postgres`)) {
      report(ok(`There is no embedded database in ${config.dataDir} yet: serve makes it`));
      return 0;
    }
    let database: Database;
    try {
      database = await openDirectDatabase(config);
    } catch (error) {
      report(describeUnreachable(error, config));
      return 1;
    }
    try {
      for await (const finding of examine(database, config, now)) report(finding);
    } finally {
      await database.close();
    }
    return canServe ? 0 : 1;
  },
};
