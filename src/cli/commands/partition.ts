import type { Command } from '../command.js';
import { firstDayOf, monthOption } from './month-option.js';

interface Move {
  readonly month: string;
  readonly partition: string;
  readonly plays: number;
}

export const partition: Command = {
  name: 'partition',
  summary: 'Move the plays of a month out of the default partition into one of their own.',
  details:
    'Everybody who uses plays waits while they are moved, so no reader in READ COMMITTED misses one. Choose a moment when no\ntransaction in REPEATABLE READ or SERIALIZABLE is open that reads plays later: it may miss the plays that moved.',
  options: [monthOption('The month (UTC) whose plays are moved.')],
  async run(values, { openDatabase, stdout }) {
    const month = firstDayOf(values.month);
    const database = await openDatabase();
    try {
      const move = await database.transaction(async (session) => {
        await session.query('set transaction isolation level read committed');
        await session.query('set local statement_timeout = 0');
        const { rows } = await session.query<{ result: Move }>('select analytics.move_plays($1) as result', [
          month,
        ]);
        return rows[0]?.result as Move;
      });
      stdout.write(`${move.partition} was made; ${move.plays} plays moved into it.\n`);
      return 0;
    } finally {
      await database.close();
    }
  },
};
