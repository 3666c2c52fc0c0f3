create or replace function analytics.move_plays(month date) returns jsonb
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
