create or replace function analytics.ensure_play_partition(month timestamptz) returns text
language plpgsql set search_path from current set timezone = 'UTC' set lock_timeout = '1s' as $$
declare
  beginning constant timestamptz := date_trunc('month', month);
  ending constant timestamptz := beginning + interval '1 month';
  partition_name constant text := 'plays_' || to_char(beginning, 'YYYY_MM');
  parent constant regclass := 'plays'::regclass;
  holds_plays constant text := 'not made: the default partition holds plays of this month, and they are moved only when asked for (analytics.move_plays)';
  fallback regclass;
begin
  if (select relkind from pg_class where oid = parent) <> 'p' then return null; end if;
  -- One session at a time: two that have both read the default partition could not both attach to it.
  lock table only plays in share update exclusive mode;
  if exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = parent and c.relname = partition_name) then
    return null;
  end if;
  if to_regclass(quote_ident(partition_name)) is not null then
    return 'not made: a table of this name is there and is no partition of plays';
  end if;
  select nullif(partdefid, 0)::regclass into fallback from pg_partitioned_table where partrelid = parent;
  -- Attaching reads the whole default partition while everybody waits.
  if (select reltuples from pg_class where oid = fallback) > 1000000 then
    return 'not made: the default partition holds more than a million plays (see analytics.move_plays)';
  end if;
  -- First while others write, so that a month that stays where it is costs nobody a wait.
  if analytics.holds_plays_between(fallback, beginning, ending) then return holds_plays; end if;

  lock table only plays in access exclusive mode;
  if analytics.holds_plays_between(fallback, beginning, ending) then return holds_plays; end if;
  perform analytics.create_play_table(partition_name);
  execute format('alter table plays attach partition %I for values from (%L) to (%L)', partition_name, beginning, ending);
  perform analytics.watch_truncate();
  return 'made';
exception
  when lock_not_available or deadlock_detected then
    return 'not made yet: the table was busy, plays of this month go to the default partition meanwhile';
  when check_violation then
    -- Only under a snapshot that is older than those plays.
    return 'not made yet: the default partition holds plays of this month that this transaction cannot see';
end
$$;

comment on function analytics.ensure_play_partition(timestamptz) is 'Makes the partition of the UTC month that holds an instant. Null when there is nothing to do.';
