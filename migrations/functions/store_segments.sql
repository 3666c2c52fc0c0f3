-- The last row of a subject is filled up before the next one is begun, because most plays come last; others are halved.
create or replace function analytics.store_segments() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  -- As many as keep a row well below the size at which PostgreSQL begins to compress it.
  capacity constant int := 32;
begin
  insert into analytics.series_segment (kind, subject, since, quarters, plays, seconds, earnings)
  select kind, subject, min(quarter), array_agg(quarter order by quarter), array_agg(plays order by quarter),
    array_agg(seconds order by quarter), array_agg(earnings order by quarter)
  from (
    select kind, subject, since, quarter, plays, seconds, earnings,
      case when is_last then (place - 1) / capacity else (place - 1) * ((total + capacity - 1) / capacity) / total end as piece
    from (
      select *, row_number() over (partition by kind, subject, since order by quarter) as place,
        count(*) over (partition by kind, subject, since) as total
      from pg_temp.work_cell
    ) placed
  ) cut
  group by kind, subject, since, piece
  order by kind, subject, min(quarter);
end
$$;

comment on function analytics.store_segments() is 'Stores the cells of work_cell as rows of analytics.series_segment.';
