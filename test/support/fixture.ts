import pg from 'pg';
import type { Database } from '../../src/database/database.js';

/** The instant that all views of the fixture hold for. */
export const asOf = '2026-03-01T12:00:00.123456Z';

/** An artist who listens, too, so that one address has something of its own in every part of the schema. */
export const alice = '0xa11ce';
/** Has listened, and may not see what alice has. */
export const bob = '0xb0b';

/**
 * A small world with what makes lists hard: songs without plays and without genre, equal counts, equal titles and
 * names, times that differ by microseconds or not at all, plays on the very edge of a window, plays of the future,
 * artists without songs, and amounts that no double can hold.
 */
export const fixtureSql = `
  insert into artists (artist_address, name, created_at)
  select address, name, timestamptz '${asOf}' - n * interval '10 days'
  from (values
    (1, '${alice}', 'Alice'), (2, '0xA2', 'Émile'), (3, '0xa2', 'emile'), (4, '0xa4', '100%_\\'), (5, '0xa5', 'Alice'),
    (6, '0xa6', ''), (7, '0xa7', 'Zoë "Z" O''Hara'), (8, '0xa8', 'Nobody'), (9, '0xa9', 'Nobody'), (10, '0x00a', 'Émile')
  ) artists (n, address, name);

  insert into songs (song_id, title, artist_address, genre, strategy, created_at)
  select
    'song-' || lpad(n::text, 2, '0'),
    case n when 3 then '50% off_\\ "now"' when 4 then 'Ünder the MOSS' when 5 then '' else 'Moss ' || n % 4 end,
    (array['${alice}', '0xA2', '0xa2', '0xa4', '0xa5', '0xa6', '0xa7'])[1 + n % 7],
    (array[null, 'Rock', 'rock', 'Jazz', null, 'Ambient & Noise'])[1 + n % 6],
    (array['pay-per-stream', 'gift-economy', 'patronage', 'auction'])[1 + n % 4],
    timestamptz '${asOf}' - (array['0', '168 hours', '168 hours 1 microsecond', '720 hours', '721 hours', '-1 hour'])[1 + n % 6]::interval
  from generate_series(1, 24) n;

  -- Songs 1 to 16 are played, the others never.
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
  select
    'song-' || lpad((1 + n % 16)::text, 2, '0'),
    (array['${alice}', '${bob}', '0xc1', '0xc2', '0xc3', '0xC3', '0xc4', '0xc5', '0xc6', '0xc7', '0xc8'])[1 + (n * 5 + n / 11) % 11],
    timestamptz '${asOf}' - (array['24 hours', '24 hours 1 microsecond', '168 hours', '168 hours 1 microsecond', '720 hours',
      '720 hours 1 microsecond', '5 minutes', '5 minutes', '-48 hours', '400 days'])[1 + n / 16 % 10]::interval,
    n % 3 * 60,
    (array[0, 0.00000001, 1.5, 1.5, 9999999999.99999999, 0.33333333])[1 + n % 6]
  from generate_series(0, 90) n;

  -- One listener who hears only what has no genre, and one with a single play.
  insert into plays (song_id, listener_address, played_at, duration, amount_paid) values
    ('song-06', '0xd1', timestamptz '${asOf}' - interval '1 microsecond', 1, 0),
    ('song-10', '0xd1', '${asOf}', 2, 0.1),
    ('song-07', '0xd2', timestamptz '${asOf}' + interval '1 microsecond', 3, 9999999999.99999999);
`;

/** Fills a fresh database with the world and its views. */
export async function loadFixture(database: Database): Promise<void> {
  await database.query(fixtureSql);
  await database.query(`select analytics.refresh('test', $1)`, [asOf]);
}

/** Whether a statement was asked for by a request: beside it the gateway looks for refreshes and at its own health. */
export function isAsked(name: string): boolean {
  return !/^(generation$|metrics\.|monitoring\.verification$|partitions)/.test(name);
}

/** Counts the statements that reach the database while `work` runs, and gives their texts. */
export async function recordStatements(database: Database, work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const record = (client: object) => {
    const { query } = client as { query: (...args: unknown[]) => unknown };
    if (Object.hasOwn(client, 'query')) return;
    Object.assign(client, {
      query(this: object, ...args: unknown[]) {
        const [first] = args;
        texts.push(typeof first === 'string' ? first : String((first as { text?: string })?.text));
        return query.apply(this, args);
      },
    });
    recorded.add(client);
  };
  const recorded = new Set<object>();
  // The pools of monitoring and refreshes have names of their own.
  const applicationName = database.kind === 'server' ? 'mycelix-analytics' : undefined;
  const { emit } = pg.Pool.prototype;
  pg.Pool.prototype.emit = function (this: pg.Pool, event: string | symbol, ...args: unknown[]) {
    if (event === 'acquire' && this.options.application_name === applicationName) record(args[0] as object);
    return Reflect.apply(emit, this, [event, ...args]) as boolean;
  };
  try {
    await work();
  } finally {
    Reflect.deleteProperty(pg.Pool.prototype, 'emit');
    for (const client of recorded) Reflect.deleteProperty(client, 'query');
  }
  return texts;
}
