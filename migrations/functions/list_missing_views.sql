-- The index of a view keeps its name when the view gets another one or moves to another schema.
create or replace function analytics.list_missing_views() returns table (view text, renamed oid, fault text, advice text)
language plpgsql stable set search_path from current set quote_all_identifiers = off as $$
begin
  return query
    select wanted.name, renamed.id, case
      when other.relkind is not null then format('the name %s is taken by something that is no materialized view', wanted.name)
      when renamed.id is not null then format('the materialized view %s was renamed to %s', wanted.name, renamed.id::regclass)
      else format('the materialized view %s is missing', wanted.name) end,
      case when other.relkind is not null then 'Rename it or drop it, then `mycelix-analytics migrate` puts the view back.'
        else '`mycelix-analytics migrate` puts it back.' end
    from unnest(analytics.list_views()) wanted (name)
    left join pg_class other on other.oid = to_regclass(wanted.name)
    left join lateral (
      select holder.oid as id from pg_class key join pg_index on indexrelid = key.oid join pg_class holder on holder.oid = indrelid
      where key.relname = wanted.name || '_key' and holder.relkind = 'm' and exists (
        select from pg_rewrite join pg_depend on classid = 'pg_rewrite'::regclass and objid = pg_rewrite.oid join pg_class read on read.oid = refobjid
        where ev_class = holder.oid and read.relnamespace = 'analytics'::regnamespace)
      limit 1
    ) renamed on true
    where other.relkind is distinct from 'm';
end
$$;

comment on function analytics.list_missing_views() is 'Views that were dropped or renamed, and where a renamed one is.';
