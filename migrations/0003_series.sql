-- Plays along time, for series and active listeners.

create type analytics.series_kind as enum ('platform', 'genre', 'artist', 'song', 'listener');

-- The plays of each quarter of an hour, UTC, which is as fine as the offsets of time zones are. What a refresh counts is
-- appended to series_recent, a row for each change. Of some subjects in each refresh it is moved into arrays, which take a
-- third of the room. One quarter may stand in several rows and cells; they add up.
create table analytics.series_recent (
  kind analytics.series_kind not null,
  subject int not null,
  quarter int not null,
  plays int not null,
  seconds bigint not null,
  earnings numeric not null
);
create index series_recent_subject_idx on analytics.series_recent (kind, subject);
alter table analytics.series_recent replica identity full;
comment on table analytics.series_recent is 'Plays, seconds and FLOW of a subject in a quarter of an hour that were counted lately.';
comment on column analytics.series_recent.subject is 'The number of the genre, artist, song or listener in its table; 0 for the platform.';
comment on column analytics.series_recent.quarter is 'In quarters of an hour since 1970.';

-- A row holds the quarters from `since` to that of the next row of its subject.
create table analytics.series_segment (
  kind analytics.series_kind not null,
  subject int not null,
  since int not null,
  quarters int[] not null,
  plays int[] not null,
  seconds bigint[] not null,
  earnings numeric[] not null,
  primary key (kind, subject, since)
) with (fillfactor = 90);
comment on table analytics.series_segment is 'The same of some quarters in one row.';

-- Nothing is looked up by their elements.
alter table analytics.series_segment alter quarters set statistics 0, alter plays set statistics 0, alter seconds set statistics 0,
  alter earnings set statistics 0;

create table analytics.active_listener (
  unit text not null check (unit in ('day', 'week', 'month')),
  starts_on date not null,
  listeners bigint not null,
  primary key (unit, starts_on)
) with (fillfactor = 80);
comment on table analytics.active_listener is 'Distinct listeners of each day, week and month in UTC.';

-- Plays whose partitions were dropped on purpose stay in the series.
create table analytics.retired_series (
  kind analytics.series_kind not null check (kind in ('song', 'listener')),
  key text not null,
  month date not null,
  quarters int[] not null,
  plays int[] not null,
  seconds bigint[] not null,
  earnings numeric[] not null,
  primary key (kind, key, month)
);
comment on table analytics.retired_series is 'The quarters of retired plays of each song and listener, which a rebuild counts again.';

-- Of plays that were retired before there were series, only the first and the last of each song and listener are known:
-- the last counts at its time, all others and all payments at that of the first.
insert into analytics.retired_series
select kind, key, date_trunc('month', min(first_played) at time zone 'UTC')::date, array_agg(quarter), array_agg(plays), array_agg(seconds), array_agg(earnings)
from (
  select keyed.kind, keyed.key, retired.first_played, of_cell.quarter, cell.plays, cell.seconds, cell.earnings
  from analytics.retired_play retired
  cross join lateral (values ('song'::analytics.series_kind, retired.song_id), ('listener', retired.listener_address)) keyed (kind, key)
  cross join lateral (
    select first_played, (retired.plays - 1)::int, retired.duration, retired.amount where retired.plays > 1
    union all
    select last_played, 1, case retired.plays when 1 then retired.duration else 0 end,
      case retired.plays when 1 then retired.amount else 0 end
  ) cell (played_at, plays, seconds, earnings)
  cross join lateral (select (date_part('epoch', date_bin('15 minutes', cell.played_at, '2000-01-01 00:00+00')) / 900)::int) of_cell (quarter)
) known
group by kind, key;

-- What was counted before is counted once more, along time.
insert into analytics.rebuild_request (reason) select 'series are new' from analytics.engine where as_of is not null;
