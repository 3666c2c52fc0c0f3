import { type Command, wholeNumber } from '../command.js';

interface Verification {
  readonly ok: boolean;
  readonly generation: number;
  readonly asOf: string;
  readonly differences?: readonly {
    readonly view: string;
    readonly key: string;
    readonly published: string | null;
    readonly expected: string | null;
  }[];
  readonly bypasses?: readonly string[];
}

export const verify: Command = {
  name: 'verify',
  summary: 'Compare the views with plain sums over the plays; exit 1 when anything differs.',
  details:
    'Reads all plays, which takes as long as making the views anew; --sample counts only some songs and listeners.\nHolds up refreshes meanwhile, but nobody who reads or writes. Without --sample gateways show the result in\n`monitoring { verification }`, and raise or end their alert by it.',
  options: [
    {
      name: 'sample',
      value: 'N',
      description: 'Count this many songs and this many listeners, drawn at random.',
      parse: wholeNumber('sample', 1, 10_000_000),
    },
    { name: 'rebuild', description: 'Recompute everything from the tables when something differs.' },
  ],
  async run(values, { openDatabase, stdout }) {
    const database = await openDatabase();
    try {
      const result = await database.transaction(async (session) => {
        await session.query('set local statement_timeout = 0');
        const isWhole = values.sample === undefined;
        const { rows: began } = await session.query<{ at: string }>('select clock_timestamp()::text as at');
        // Before the lock of the engine, in the order of a gateway's schedule.
        if (isWhole) await session.query('select from analytics.verification for update');
        const { rows } = await session.query<{ result: Verification }>(
          'select analytics.verify($1) as result',
          [values.sample ?? null],
        );
        const verdict = rows[0]?.result as Verification;
        if (isWhole)
          await session.query('select analytics.record_verification($1, null, $2)', [began[0]?.at, verdict]);
        return verdict;
      });
      for (const line of described(result)) stdout.write(`${line}\n`);
      if (result.ok) return 0;
      if (!values.rebuild) {
        stdout.write(
          'verify --rebuild, or SELECT analytics.rebuild(), recomputes everything from the tables.\n',
        );
        return 1;
      }
      await database.transaction(async (session) => {
        await session.query('set local statement_timeout = 0');
        await session.query(`select analytics.rebuild('cli')`);
      });
      stdout.write('Everything was recomputed from the tables.\n');
      return 0;
    } finally {
      await database.close();
    }
  },
};

function described({ ok, generation, asOf, differences = [], bypasses = [] }: Verification): string[] {
  if (ok) return [`Generation ${generation}, as of ${asOf}: the views say what the plays say.`];
  return [
    `Generation ${generation}, as of ${asOf}: not as it should be.`,
    ...differences.map(
      ({ view, key, published, expected }) =>
        `  ${view} ${key}: expected ${expected ?? 'no row'}, got ${published ?? 'no row'}`,
    ),
    ...bypasses.map((bypass) => `  ${bypass}`),
  ];
}
