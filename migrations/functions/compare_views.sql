-- The plain definitions read artists, songs and plays without a schema: the temporary tables of read_what_was_counted,
-- which come first in this path. A sample can say nothing about artists, genres, the week and the platform, which are sums
-- over all songs.
create or replace function analytics.compare_views(view_schema text, as_of timestamptz, is_sample boolean)
returns table (view text, key text, published text, expected text)
language plpgsql set search_path = pg_temp, pg_catalog as $$
declare
  plain analytics.published_view;
  -- A view that waits for its schedule shows an earlier refresh; what it would show now can be compared.
  behind constant text[] := array(select view_freshness.view from analytics.view_freshness where is_behind);
  source text;
  published_as_of text;
  sample_of constant jsonb := '{"mv_song_analytics": "verify_song", "mv_listener_activity": "verify_listener"}';
begin
  for plain in select * from analytics.published_view order by published_view.view loop
    continue when is_sample and not sample_of ? plain.view;
    if plain.view = any (behind) then
      source := format('(%s) waiting', rtrim(pg_get_viewdef(format('%I.%I', view_schema, plain.view)::regclass), ';'));
      published_as_of := format('timestamptz %L', as_of);
    else
      source := format('%I.%I', view_schema, plain.view);
      published_as_of := format('(select as_of from analytics.view_freshness where view = %L)', plain.view);
    end if;
    return query execute format('
      with expected as materialized (select * from (%1$s) plain %4$s),
        published as materialized (select * from %2$s %4$s),
        surplus as (select * from published except all select * from expected),
        missing as (select * from expected except all select * from published)
      select %5$L, coalesce(surplus.%3$I, missing.%3$I)::text, surplus::text, missing::text
      from surplus full join missing using (%3$I)',
      replace(replace(plain.plain_definition, ':as_of', format('timestamptz %L', as_of)), ':published_as_of', published_as_of), source, plain.key,
      case when is_sample then format('where %1$I in (select %1$I from pg_temp.%2$I)', plain.key, sample_of ->> plain.view) else '' end,
      plain.view);
  end loop;
end
$$;

comment on function analytics.compare_views(text, timestamptz, boolean) is 'Rows in which a view differs from its plain definition.';
