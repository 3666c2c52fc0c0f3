-- While plays moved out of the default partition, a statement that had looked up the partitions before the move and took
-- its snapshot after it found them in neither place. So making a partition ahead no longer moves plays: a month whose
-- plays are in the default partition stays there until somebody calls analytics.move_plays. Both lock the parent table
-- before anything else. A statement locks the parent before it looks up the partitions, and in READ COMMITTED it takes
-- the snapshot that it reads with afterwards: whoever had to wait sees the partitions and the plays as they are now.

select set_config('search_path', format('%I, pg_temp', current_schema()), true);

-- The caller holds the lock of plays. The new table is filled and attached by it.
create function analytics.create_play_table(partition_name text) returns void
language plpgsql set search_path from current as $$
begin
  execute format('create table %I (like plays including defaults including constraints including storage)', partition_name);
end
$$;
comment on function analytics.create_play_table(text) is 'Makes a table that can be attached to plays as a partition.';

create function analytics.holds_plays_between(holder regclass, beginning timestamptz, ending timestamptz) returns boolean
language plpgsql set search_path from current as $$
declare
  found_play boolean;
begin
  execute format('select exists (select from %s where played_at >= $1 and played_at < $2)', holder) into found_play using beginning, ending;
  return found_play;
end
$$;
comment on function analytics.holds_plays_between(regclass, timestamptz, timestamptz) is 'Whether a partition holds plays of a period.';

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
  -- First without the lock, so that a month that stays where it is costs nobody a wait.
  if analytics.holds_plays_between(fallback, beginning, ending) then return holds_plays; end if;

  execute format('lock table only %s in access exclusive mode', parent);
  if exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = parent and c.relname = partition_name) then
    return null;
  end if;
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

create function analytics.move_plays(month date) returns jsonb
language plpgsql set search_path from current set timezone = 'UTC' set lock_timeout = '5s' as $$
declare
  beginning constant timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  ending constant timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
  partition_name constant text := 'plays_' || to_char(beginning, 'YYYY_MM');
  parent constant regclass := 'plays'::regclass;
  fallback regclass;
  obstacle text;
  columns text;
  moved bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'moving plays needs the isolation level read committed, not %', current_setting('transaction_isolation')
      using errcode = 'active_sql_transaction', hint = 'An older snapshot would not see the last plays of the month.';
  end if;
  select nullif(partdefid, 0)::regclass into fallback from pg_partitioned_table where partrelid = parent;
  if fallback is null then
    raise exception 'plays has no default partition to move plays out of' using errcode = 'object_not_in_prerequisite_state';
  end if;
  -- Deleting from the one place and inserting into the other is a move for the engine, but not for these.
  select string_agg(name, ', ') into obstacle from (
    select format('the trigger %I', tgname) as name from pg_trigger
    where tgrelid = fallback and not tgisinternal and tgtype::int & 8 > 0 and tgname not like 'analytics\_%'
    union all
    select format('the foreign key %I of %s', conname, conrelid::regclass) from pg_constraint
    where confrelid = parent and contype = 'f' and conparentid = 0
  ) found;
  if obstacle is not null then
    raise exception 'plays cannot be moved while % would take them for deleted', obstacle
      using errcode = 'object_not_in_prerequisite_state', hint = 'Every number is right without moving them; only such a month cannot be retired.';
  end if;

  -- In the order of a refresh. A refresh whose snapshot is older fails, because this row has changed since.
  perform from analytics.engine for update;
  begin
    execute format('lock table only %s in access exclusive mode', parent);
  exception when lock_not_available then
    raise exception 'plays was in use for more than %; nothing was moved', current_setting('lock_timeout')
      using errcode = 'lock_not_available', hint = 'Try again at a quieter moment, or end the transactions that use plays.';
  end;
  if to_regclass(quote_ident(partition_name)) is not null then
    raise exception 'there is a table % already', partition_name
      using errcode = 'duplicate_table', hint = 'Expected a month whose plays are in the default partition.';
  end if;
  perform analytics.create_play_table(partition_name);
  -- Without the writer: the moved rows count as written by this transaction, and as deleted by it where they were.
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns from pg_attribute
  where attrelid = parent and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'analytics_writer';
  execute format('with leaving as (delete from %s where played_at >= $1 and played_at < $2 returning %s)
    insert into %I (%s) select %s from leaving', fallback, columns, partition_name, columns, columns) using beginning, ending;
  get diagnostics moved = row_count;
  execute format('alter table plays attach partition %I for values from (%L) to (%L)', partition_name, beginning, ending);
  perform analytics.watch_truncate();
  update analytics.engine set partitions = array(select unnest(partitions || to_regclass(quote_ident(partition_name))::oid) order by 1);
  return jsonb_build_object('month', to_char(beginning, 'YYYY-MM'), 'partition', partition_name, 'plays', moved);
end
$$;
comment on function analytics.move_plays(date) is 'Moves the plays of a month out of the default partition into one of their own. Everybody who uses plays waits meanwhile; call it in a transaction of its own.';
