-- A sample can say nothing about artists, genres, the week and the platform, which are sums over all songs.
create or replace function analytics.compare_views(as_of timestamptz, is_sample boolean)
returns table (view text, key text, published text, expected text)
language plpgsql set search_path from current as $$
declare
  plain record;
begin
  for plain in select * from analytics.list_plain_definitions() loop
    continue when is_sample and plain.view not in ('mv_song_analytics', 'mv_listener_activity');
    return query execute format('
      with expected as materialized (%1$s), published as materialized (select * from %2$I %4$s),
        surplus as (select * from published except all select * from expected),
        missing as (select * from expected except all select * from published)
      select %5$L, coalesce(surplus.%3$I, missing.%3$I)::text, surplus::text, missing::text
      from surplus full join missing using (%3$I)',
      plain.definition, plain.view, plain.key,
      case when is_sample then format('where %1$I in (select %1$I from pg_temp.%2$I)', plain.key,
        case plain.view when 'mv_song_analytics' then 'verify_song' else 'verify_listener' end) else '' end,
      plain.view) using as_of, is_sample;
  end loop;
end
$$;

comment on function analytics.compare_views(timestamptz, boolean) is 'Rows in which a view differs from its plain definition.';
