import { type Command, UsageError } from './command.js';

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
  options: [
    {
      name: 'month',
      value: 'YYYY-MM',
      description: 'The month (UTC) whose plays are moved.',
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
      const move = await database.transaction(async (client) => {
        await client.query('set transaction isolation level read committed');
        await client.query('set local statement_timeout = 0');
        const { rows } = await client.query<{ result: Move }>('select analytics.move_plays($1) as result', [
          `${values.month}-01`,
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
