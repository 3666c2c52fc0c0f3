import { type Command, UsageError } from './command.js';

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
    'The month has to lie behind every window (31 days). What each listener played and paid for each song is kept as a\nsum, so counts, sums, distinct counts and favourites stay exact; the single plays are gone.',
  options: [
    {
      name: 'month',
      value: 'YYYY-MM',
      description: 'The month (UTC) whose partition is dropped.',
      parse(text) {
        if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
        throw new UsageError(`--month: expected a month such as 2025-01, got ${JSON.stringify(text)}`);
      },
    },
  ],
  async run(values, { openDatabase, stdout }) {
    if (!values.month) throw new UsageError('--month: expected a month such as 2025-01, got none');
    const database = await openDatabase();
    try {
      const retired = await database.transaction(async (client) => {
        await client.query('set local statement_timeout = 0');
        const { rows } = await client.query<{ result: Retirement }>(
          'select analytics.retire_plays($1) as result',
          [`${values.month}-01`],
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
