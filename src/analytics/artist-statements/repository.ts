import { sql } from 'kysely';
import { decimal, id, text } from '../../catalogue/column.js';
import { rawQuery } from '../../database/raw-query.js';
import type { Reader } from '../../database/reader/reader.js';
import { stateColumn } from '../../views/reading.js';
import type { OrderedColumn } from '../paging/ordering.js';
import type { Owned, OwnedList, OwnedRows } from '../paging/owned-page-loader.js';
import type { ArtistStatement, StatementAdjustment, StatementSong, StatementStrategy } from './type.js';

/** Which statement: its artist and its month, such as `2026-02`. */
export type StatementKey = Pick<ArtistStatement, 'artistAddress' | 'month'>;

const newestFirst: readonly OrderedColumn[] = [
  { field: 'month', direction: 'desc', nulls: 'last', column: text('month', 'The month.') },
];

const mostEarnedFirst: readonly OrderedColumn[] = [
  { field: 'earnings', direction: 'desc', nulls: 'last', column: decimal('earnings', 'FLOW.') },
  { field: 'songId', direction: 'asc', nulls: 'last', column: id('song_id', 'The song.') },
];

/** The closed statements of artists, by their addresses. */
export function closedStatements(reader: Reader): OwnedList<string, ArtistStatement> {
  return {
    name: 'artist.statements',
    ordering: newestFirst,
    listRows(addresses, { where, orderBy, limit }) {
      const query = sql<Owned<ArtistStatement>>`
        select artist.place::int as "place", artist.address as "artistAddress", closed.month as "month",
          closed.closed_at as "closedAt", closed.backfilled as "backfilled", closed.plays as "plays", closed.earnings as "earnings",
          closed.plays + closed.adjusted_plays as "totalPlays", closed.earnings + closed.adjusted_earnings as "totalEarnings", ${stateColumn}
        from unnest(${addresses}::text[]) with ordinality artist (address, place)
        cross join lateral (
          select * from (
            select to_char(statement.month, 'YYYY-MM') collate "C" as month, closed_at, backfilled, plays, earnings, adjusted_plays, adjusted_earnings
            from analytics.statement where artist_address = artist.address
          ) own
          where ${where} order by ${orderBy} limit ${limit}
        ) closed
        order by artist.place, ${orderBy}`;
      return reader.read('artist.statements', rawQuery(query));
    },
    countRows(addresses) {
      const query = sql<Owned<{ count: number | bigint }>>`
        select artist.place::int as "place", count(*) as "count", ${stateColumn}
        from unnest(${addresses}::text[]) with ordinality artist (address, place)
        join analytics.statement on statement.artist_address = artist.address group by artist.place`;
      return reader.read('artist.statements.count', rawQuery(query));
    },
  };
}

/** Closed statements by their keys, in any order. */
export function listClosedStatements(
  reader: Reader,
  statements: readonly StatementKey[],
): Promise<ArtistStatement[]> {
  const query = sql<ArtistStatement>`
    select closed.artist_address as "artistAddress", to_char(closed.month, 'YYYY-MM') as "month", closed.closed_at as "closedAt",
      closed.backfilled as "backfilled", closed.plays as "plays", closed.earnings as "earnings",
      closed.plays + closed.adjusted_plays as "totalPlays", closed.earnings + closed.adjusted_earnings as "totalEarnings", ${stateColumn}
    from ${placed(statements)}
    join analytics.statement closed on closed.artist_address = statement.address and closed.month = statement.month`;
  return reader.read('statements.byKey', rawQuery(query));
}

/** The open statement of each artist, in their order. */
export function listOpenStatements(reader: Reader, addresses: readonly string[]): Promise<ArtistStatement[]> {
  const ofMonth = sql`filter (where line.month = open.month)`;
  const query = sql<ArtistStatement>`
    select artist.address as "artistAddress",
      to_char(open.month, 'YYYY-MM') as "month", null as "closedAt", false as "backfilled",
      coalesce(sum(line.plays) ${ofMonth}, 0)::bigint as "plays", coalesce(sum(line.earnings) ${ofMonth}, 0) as "earnings",
      coalesce(sum(line.plays), 0)::bigint as "totalPlays", coalesce(sum(line.earnings), 0) as "totalEarnings", ${stateColumn}
    from unnest(${addresses}::text[]) with ordinality artist (address, place)
    cross join (select analytics.open_month() as month) open
    left join lateral analytics.list_statement_lines(artist.address, open.month) line on true
    group by artist.place, artist.address, open.month order by artist.place`;
  return reader.read('artist.openStatement', rawQuery(query));
}

/** The songs of statements, without adjustments. */
export function songsOfStatements(reader: Reader): OwnedList<StatementKey, StatementSong> {
  return {
    name: 'statement.songs',
    ordering: mostEarnedFirst,
    listRows(statements, { where, orderBy, limit }: OwnedRows) {
      const query = sql<Owned<StatementSong>>`
        select statement.place::int as "place", song.song_id as "songId", song.song_title as "songTitle", song.plays as "plays",
          song.earnings as "earnings", ${stateColumn}
        from ${placed(statements)}
        cross join lateral (
          select * from analytics.list_statement_lines(statement.address, statement.month) line
          where line.month = statement.month and ${where} order by ${orderBy} limit ${limit}
        ) song
        order by statement.place, ${orderBy}`;
      return reader.read('statement.songs', rawQuery(query));
    },
    countRows(statements) {
      const query = sql<Owned<{ count: number | bigint }>>`
        select statement.place::int as "place", count(*) as "count", ${stateColumn}
        from ${placed(statements)}
        join lateral analytics.list_statement_lines(statement.address, statement.month) line on line.month = statement.month
        group by statement.place`;
      return reader.read('statement.songs.count', rawQuery(query));
    },
  };
}

/** What the songs of each economic model had, without adjustments; most earned first. */
export function listStrategies(
  reader: Reader,
  statements: readonly StatementKey[],
): Promise<Owned<StatementStrategy>[]> {
  const query = sql<Owned<StatementStrategy>>`
    select statement.place::int as "place", line.strategy as "strategy", sum(line.plays)::bigint as "plays", sum(line.earnings) as "earnings", ${stateColumn}
    from ${placed(statements)}
    join lateral analytics.list_statement_lines(statement.address, statement.month) line on line.month = statement.month
    group by statement.place, line.strategy order by statement.place, sum(line.earnings) desc, line.strategy`;
  return reader.read('statement.byStrategy', rawQuery(query));
}

/** The adjustments of statements, latest months first. */
export function listAdjustments(
  reader: Reader,
  statements: readonly StatementKey[],
): Promise<Owned<StatementAdjustment>[]> {
  const query = sql<Owned<StatementAdjustment>>`
    select statement.place::int as "place", to_char(line.month, 'YYYY-MM') as "month", line.song_id as "songId", line.song_title as "songTitle",
      line.plays as "plays", line.earnings as "earnings", ${stateColumn}
    from ${placed(statements)}
    join lateral analytics.list_statement_lines(statement.address, statement.month) line on line.month < statement.month
    order by statement.place, line.month desc, line.song_id`;
  return reader.read('statement.adjustments', rawQuery(query));
}

/** The rows `statement (address, month, place)`. */
function placed(statements: readonly StatementKey[]) {
  const addresses = statements.map(({ artistAddress }) => artistAddress);
  const months = statements.map(({ month }) => `${month}-01`);
  return sql`unnest(${addresses}::text[], ${months}::date[]) with ordinality statement (address, month, place)`;
}
