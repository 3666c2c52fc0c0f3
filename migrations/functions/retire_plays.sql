create or replace function analytics.retire_plays(month date) returns jsonb
language plpgsql set search_path from current set row_security = off set timezone = 'UTC' as $$
declare
  beginning constant timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  ending constant timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
  partition_name constant text := 'plays_' || to_char(beginning, 'YYYY_MM');
  -- A day beyond the longest window.
  reach constant interval := (select make_interval(hours => max(hours) + 24) from analytics.list_windows());
  retired regclass;
  known analytics.engine;
  total bigint;
  paid numeric;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'retiring plays needs the isolation level read committed, not %', current_setting('transaction_isolation')
      using errcode = 'active_sql_transaction', hint = 'An older snapshot would not see the last plays that are dropped.';
  end if;
  -- Nobody may refresh or write plays of this month between the counting and the dropping.
  select * into known from analytics.engine for update;
  select inhrelid::regclass into retired from pg_inherits join pg_class on pg_class.oid = inhrelid
  where inhparent = 'plays'::regclass and relname = partition_name;
  if retired is null then
    raise exception 'plays have no partition % to retire', partition_name
      using errcode = 'undefined_table', hint = 'Expected a month that has a partition of its own; plays in the default partition cannot be retired.';
  end if;
  if known.as_of is null or ending > known.as_of - reach then
    raise exception 'the month % cannot be retired yet', to_char(beginning, 'YYYY-MM')
      using errcode = 'object_not_in_prerequisite_state',
        detail = format('Its last plays are younger than %s days at the instant of the views, %s.', (extract(epoch from reach) / 86400)::int,
          coalesce(known.as_of::text, 'which were never filled')),
        hint = 'The windows of the views reach back that far.';
  end if;
  execute format('lock table %s in access exclusive mode', retired);

  -- The last changes of this month have to be in the totals before its rows vanish; the refresh keeps the lock.
  perform analytics.run_refresh('retire', greatest(known.as_of, clock_timestamp()), known, null);

  execute format('select count(*), coalesce(sum(amount_paid), 0) from %s', retired) into total, paid;
  execute format('
    insert into analytics.retired_play as kept (song_id, listener_address, plays, duration, amount, first_played, last_played)
    select song_id, listener_address, count(*), sum(duration), sum(amount_paid), min(played_at), max(played_at)
    from %s group by song_id, listener_address
    on conflict (song_id, listener_address) do update set
      plays = kept.plays + excluded.plays, duration = kept.duration + excluded.duration, amount = kept.amount + excluded.amount,
      first_played = least(kept.first_played, excluded.first_played), last_played = greatest(kept.last_played, excluded.last_played)', retired);
  execute format($keep$
    insert into analytics.retired_series as kept (kind, key, month, quarters, plays, seconds, earnings)
    select kind, key, $1, array_agg(quarter), array_agg(plays), array_agg(seconds), array_agg(earnings)
    from (
      select keyed.kind, keyed.key, analytics.quarter_of(play.played_at) as quarter, count(*)::int as plays, sum(play.duration) as seconds,
        sum(play.amount_paid) as earnings
      from %s play
      cross join lateral (values ('song'::analytics.series_kind, play.song_id::text), ('listener', play.listener_address::text)) keyed (kind, key)
      group by 1, 2, 3
    ) counted
    group by kind, key
    on conflict (kind, key, month) do update set quarters = kept.quarters || excluded.quarters, plays = kept.plays || excluded.plays,
      seconds = kept.seconds || excluded.seconds, earnings = kept.earnings || excluded.earnings$keep$, retired) using beginning::date;
  insert into analytics.retired_month as kept (month, plays, amount) values (beginning::date, total, paid)
  on conflict on constraint retired_month_pkey do update set plays = kept.plays + excluded.plays, amount = kept.amount + excluded.amount, retired_at = clock_timestamp();

  execute format('alter table plays detach partition %s', retired);
  execute format('drop table %s', retired);
  update analytics.engine set partitions = analytics.current_partitions();
  return jsonb_build_object('month', to_char(beginning, 'YYYY-MM'), 'partition', partition_name, 'plays', total, 'amount', paid);
end
$$;

comment on function analytics.retire_plays(date) is 'Drops the partition of an old month for good and keeps its totals in every view. Waits for a running refresh.';
