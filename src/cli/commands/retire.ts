import type { Command } from '../command.js';
import { firstDayOf, monthOption } from './month-option.js';

interface Retirement {
  readonly month: string;
  readonly partition: string;
  readonly plays: number;
  readonly amount: number;
}

export const retire: Command = {
  name: 'retire',
  summary: 'Drop the plays of an old month for good, and keep their totals in every view.',
  details:
    'The month has to be older than the longest window and a day (31 days). What each listener played and paid for each song is kept as a\nsum, so counts, sums, distinct counts and favourites stay exact; the single plays are gone.',
  options: [monthOption('The month (UTC) whose partition is dropped.')],
  async run(values, { openDatabase, stdout }) {
    const month = firstDayOf(values.month);
    const database = await openDatabase();
    try {
      const retired = await database.transaction(async (session) => {
        await session.query('set local statement_timeout = 0');
        const { rows } = await session.query<{ result: Retirement }>(
          'select analytics.retire_plays($1) as result',
          [month],
        );
        return rows[0]?.result as Retirement;
      });
      stdout.write(
        `${retired.partition} was dropped; ${retired.plays} plays that paid ${retired.amount} FLOW stay in the totals.\n`,
      );
      return 0;
    } finally {
      await database.close();
    }
  },
};
