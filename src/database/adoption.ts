import type pg from 'pg';

/** Tables that are there but cannot carry the views; `faults` names everything that stands in the way. */
export class AdoptionError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `This database cannot be adopted as it is; nothing was changed:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.name = 'AdoptionError';
  }
}

type Family = 'text' | 'instant' | 'integer' | 'bigint' | 'money';

/** What the views need of the user's tables: column → family of types. Everything else in them is left alone. */
export const neededColumns: Readonly<Record<string, Readonly<Record<string, Family>>>> = {
  artists: { artist_address: 'text', name: 'text', created_at: 'instant' },
  songs: {
    song_id: 'text',
    title: 'text',
    artist_address: 'text',
    genre: 'text',
    strategy: 'text',
    created_at: 'instant',
  },
  plays: {
    id: 'bigint',
    song_id: 'text',
    listener_address: 'text',
    played_at: 'instant',
    duration: 'integer',
    amount_paid: 'money',
  },
};

const families: Readonly<Record<Family, { accepts: RegExp; expected: string }>> = {
  text: { accepts: /^(text|character varying.*|character\(.*|citext)$/, expected: 'text or varchar' },
  instant: { accepts: /^timestamp(\(\d\))? with time zone$/, expected: 'timestamptz' },
  integer: { accepts: /^(smallint|integer|bigint)$/, expected: 'integer' },
  bigint: { accepts: /^(integer|bigint)$/, expected: 'bigint' },
  money: {
    accepts: /^numeric\(\d+,\d+\)$/,
    expected:
      'numeric with a precision and a scale, such as numeric(18,8), because other types cannot be summed exactly',
  },
};

const viewNames = [
  'mv_artist_analytics',
  'mv_song_analytics',
  'mv_platform_stats',
  'mv_top_songs_week',
  'mv_listener_activity',
  'mv_genre_stats',
];

interface ColumnRow {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** Everything that keeps existing tables from being adopted; empty for an empty database too. */
export async function listAdoptionFaults(client: pg.ClientBase | pg.Pool): Promise<string[]> {
  const { rows } = await client.query<ColumnRow>(
    `select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as "type"
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.oid in (select to_regclass(name) from unnest($1::text[]) name)
       and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`,
    [Object.keys(neededColumns)],
  );
  const others = await listOtherRelations(client);
  const faults: string[] = [];
  for (const [table, columns] of Object.entries(neededColumns)) {
    const present = new Map(rows.filter((row) => row.table === table).map((row) => [row.column, row.type]));
    if (present.size === 0) {
      if (others.has(table)) faults.push(`${table}: expected a table, got a relation of another kind`);
      continue;
    }
    const missing = Object.keys(columns).filter((column) => !present.has(column));
    if (missing.length > 0)
      faults.push(
        `${table}: expected the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}, got none`,
      );
    for (const [column, family] of Object.entries(columns)) {
      const type = present.get(column);
      if (type !== undefined && !families[family].accepts.test(type))
        faults.push(`${table}.${column}: expected ${families[family].expected}, got ${type}`);
    }
  }
  const { rows: taken } = await client.query<{ name: string }>(
    `select name from unnest($1::text[]) name
     where to_regclass(name) is not null and to_regclass('analytics.refresh_ledger') is null`,
    [viewNames],
  );
  if (taken.length > 0)
    faults.push(
      `${taken.map((row) => row.name).join(', ')}: expected ${taken.length > 1 ? 'these names' : 'this name'} to be free, got a relation that was made by something else; rename it (alter materialized view … rename to …), the gateway never drops it`,
    );
  if (faults.length > 0) return faults;
  return listRowFaults(client, new Set(rows.map((row) => row.table)));
}

/** Names that are taken by a view, a foreign table or the like, which can carry neither a column nor triggers. */
async function listOtherRelations(client: pg.ClientBase | pg.Pool): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select name from unnest($1::text[]) name join pg_class on oid = to_regclass(name) where relkind not in ('r', 'p')`,
    [Object.keys(neededColumns)],
  );
  return new Set(rows.map((row) => row.name));
}

/** Rows that break what the tables promise. Only songs are read: they are few, and nothing else is closed. */
async function listRowFaults(
  client: pg.ClientBase | pg.Pool,
  tables: ReadonlySet<string>,
): Promise<string[]> {
  if (!tables.has('songs')) return [];
  const { rows } = await client.query<{ strategy: string | null }>(
    `select distinct strategy::text from songs
     where strategy is null or strategy not in ('pay-per-stream', 'gift-economy', 'patronage', 'auction') limit 5`,
  );
  if (rows.length === 0) return [];
  return [
    `songs.strategy: expected pay-per-stream, gift-economy, patronage or auction, got ${rows.map((row) => JSON.stringify(row.strategy)).join(', ')}`,
  ];
}

/** @throws AdoptionError when anything stands in the way. */
export async function requireAdoptable(client: pg.ClientBase | pg.Pool): Promise<void> {
  const faults = await listAdoptionFaults(client);
  if (faults.length > 0) throw new AdoptionError(faults);
}
