import { escapeLiteral } from '../escape-literal.js';
import type { Session } from '../session/session.js';
import type { Conflict } from './conflict.js';
import { countedColumns } from './needed-columns.js';

/** How many different ones are named at once. */
const shownStrategies = 20;

const strategies = ['pay-per-stream', 'gift-economy', 'patronage', 'auction'];

/** Rows that the views cannot be counted from. The columns have been looked at before. */
export async function listValueConflicts(session: Session): Promise<Conflict[]> {
  const { rows } = await session.query<{ name: string }>(
    `select name from unnest(array['artists', 'songs', 'plays']) name where to_regclass(name) is not null`,
  );
  const tables = rows.map((row) => row.name);
  const conflicts: Conflict[] = [];
  if (tables.includes('artists'))
    conflicts.push(...(await listKeyConflicts(session, 'artists', 'artist_address')));
  if (tables.includes('songs'))
    conflicts.push(
      ...(await listKeyConflicts(session, 'songs', 'song_id')),
      ...(await listStrategies(session)),
    );
  if (tables.includes('plays')) conflicts.push(...(await listUncountable(session)));
  return conflicts;
}

async function listKeyConflicts(session: Session, table: string, key: string): Promise<Conflict[]> {
  const { rows } = await session.query<{ value: string | null; count: number }>(
    `select ${key}::text as value, count(*)::int as count from ${table}
     group by 1 having count(*) > 1 or ${key}::text is null order by 2 desc limit 3`,
  );
  if (rows.length === 0) return [];
  const values = rows.map(({ value, count }) => `${JSON.stringify(value)} in ${rowCount(count)}`);
  return [
    {
      found: `${table}.${key}: expected one row for each value and no NULL, got ${values.join(', ')}`,
      advice: `Delete or correct the surplus rows, then: alter table ${table} add primary key (${key})`,
    },
  ];
}

async function listStrategies(session: Session): Promise<Conflict[]> {
  const { rows } = await session.query<{ strategy: string | null }>(
    `select distinct strategy::text from songs where strategy is null or strategy::text <> all ($1)
     order by 1 limit ${shownStrategies + 1}`,
    [strategies],
  );
  if (rows.length === 0) return [];
  const found = rows.map(({ strategy }) => strategy).slice(0, shownStrategies);
  const others = rows.length > shownStrategies ? ' and others' : '';
  return [
    {
      found: `songs.strategy: expected pay-per-stream, gift-economy, patronage or auction, got ${found.map((value) => JSON.stringify(value)).join(', ')}${others}`,
      advice: `Translate each${found.some((value) => !alikeOf(value)) ? '; put one of the four in place of …' : ''}: ${found.map(translate).join('; ')}`,
    },
  ];
}

function translate(strategy: string | null): string {
  const where = strategy === null ? 'is null' : `= ${escapeLiteral(strategy)}`;
  return `update songs set strategy = '${alikeOf(strategy) ?? '…'}' where strategy ${where}`;
}

/** The strategy that is spelled like a text but for capitals and what stands between the words. */
function alikeOf(text: string | null): string | undefined {
  const plain = (spelled: string) => spelled.toLowerCase().replaceAll(/[-_ ]/g, '');
  return text === null ? undefined : strategies.find((strategy) => plain(strategy) === plain(text));
}

/** All plays are read once, whatever is looked for. Columns that cannot be NULL are left out. */
async function listUncountable(session: Session): Promise<Conflict[]> {
  const { rows: open } = await session.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = 'plays'::regclass and attname = any ($1) and not attnotnull order by attnum`,
    [countedColumns],
  );
  const empty = open.map(({ name }) => `count(*) filter (where ${name} is null)::float8 as ${name}`);
  const { rows } = await session.query<Record<string, number>>(
    `select ${[...empty, `count(*) filter (where amount_paid = 'NaN')::float8 as not_a_number`].join(', ')} from plays`,
  );
  const counts = rows[0] ?? {};
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) =>
      name === 'not_a_number'
        ? {
            found: `plays.amount_paid: expected an amount in every row, got NaN in ${rowCount(count)}`,
            advice: `Correct or delete them: update plays set amount_paid = 0 where amount_paid = 'NaN'`,
          }
        : {
            found: `plays.${name}: expected a value in every row, got NULL in ${rowCount(count)}`,
            advice: `Correct or delete them: ${['duration', 'amount_paid'].includes(name) ? `update plays set ${name} = 0 where ${name} is null` : `delete from plays where ${name} is null`}`,
          },
    );
}

const rowCount = (count: number) => `${count.toLocaleString('en')} row${count === 1 ? '' : 's'}`;
