-- A play that was on its way into the default partition while its month was being made was refused: where it belongs had
-- been decided before it had to wait. Making a partition now keeps writers waiting where nothing is decided yet.

select set_config('search_path', format('%I, pg_temp', current_schema()), true);

create or replace function analytics.ensure_play_partition(month timestamptz) returns text
language plpgsql set search_path from current set timezone = 'UTC' set lock_timeout = '1s' as $$
declare
  beginning constant timestamptz := date_trunc('month', month);
  ending constant timestamptz := beginning + interval '1 month';
  partition_name constant text := 'plays_' || to_char(beginning, 'YYYY_MM');
  parent constant regclass := 'plays'::regclass;
  movable constant int := 10000;
  fallback regclass;
  fallback_rows double precision;
  columns text;
  moved bigint := 0;
begin
  if (select relkind from pg_class where oid = parent) <> 'p' then return null; end if;
  if exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = parent and c.relname = partition_name) then
    return null;
  end if;
  if to_regclass(quote_ident(partition_name)) is not null then
    return 'not made: a table of this name is there and is no partition of plays';
  end if;

  select partdefid into fallback from pg_partitioned_table where partrelid = parent;
  if fallback <> 0 then
    -- Readers go on until the moment of attaching, which has to look through the default partition while nobody else
    -- may use it. Writers wait from here at the table itself: one that waited at the default partition would find that
    -- its play does not belong there any more, and would be refused.
    execute format('lock table only %s in share row exclusive mode', parent);
    select reltuples into fallback_rows from pg_class where oid = fallback;
    execute format('select count(*) from (select from %s where played_at >= $1 and played_at < $2 limit $3) few', fallback)
      into moved using beginning, ending, movable + 1;
    if moved > movable or fallback_rows > 1000000 then
      return format('left in the default partition, which holds %s plays of this month', case when moved > movable then 'more than ' || movable else moved::text end);
    end if;
  end if;

  -- Made beside the table and attached: CREATE TABLE ... PARTITION OF would lock out readers and writers of all plays.
  execute format('create table %I (like plays including defaults including constraints including storage)', partition_name);
  if moved > 0 then
    -- The rows are written anew, so that the capture sees them leave the one place and arrive in the other, which adds
    -- up to nothing.
    select string_agg(quote_ident(attname), ', ' order by attnum) into columns from pg_attribute
    where attrelid = parent and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'analytics_writer';
    execute format('with leaving as (delete from %s where played_at >= $1 and played_at < $2 returning %s)
      insert into %I (%s) select %s from leaving', fallback, columns, partition_name, columns, columns) using beginning, ending;
    get diagnostics moved = row_count;
  end if;
  execute format('alter table plays attach partition %I for values from (%L) to (%L)', partition_name, beginning, ending);
  perform analytics.watch_truncate();
  return case when moved > 0 then format('made, %s plays moved out of the default partition', moved) else 'made' end;
exception
  when lock_not_available then
    return 'not made yet: the table was busy, plays of this month go to the default partition meanwhile';
  when check_violation then
    -- Only under a snapshot that is older than those plays.
    return 'not made yet: the default partition holds plays of this month that this transaction cannot see';
end
$$;
