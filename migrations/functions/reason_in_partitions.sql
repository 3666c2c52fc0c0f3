-- Partitions come and go without a trigger. One that vanished took its plays along; one that arrived may have brought
-- some, with stamps of long ago or of another cluster, which lie ahead of this one's.
create or replace function analytics.reason_in_partitions(known analytics.engine) returns text language plpgsql set search_path from current as $$
declare
  now constant oid[] := analytics.current_partitions();
  arrived oid;
  has_strange boolean;
begin
  if now = known.partitions then return null; end if;
  if not known.partitions <@ now then return 'a partition of plays was detached or dropped'; end if;
  foreach arrived in array now loop
    continue when arrived = any (known.partitions);
    execute format('select exists (select from %s where analytics_writer is null
        or (analytics_writer < $1 and analytics_writer <> all ($2))
        or analytics_writer >= (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint + $3) and analytics_writer <> $4 + $3)',
      arrived::regclass)
      into has_strange
      using pg_snapshot_xmax(known.seen)::text::bigint + known.writer_offset,
        array(select id::text::bigint + known.writer_offset from pg_snapshot_xip(known.seen) id) || (known.own_writer + known.writer_offset),
        known.writer_offset, txid_current();
    if has_strange then return format('the partition %s was attached with plays in it', arrived::regclass); end if;
  end loop;
  return null;
end
$$;

comment on function analytics.reason_in_partitions(analytics.engine) is 'Whether partitions changed in a way that the capture cannot see.';
