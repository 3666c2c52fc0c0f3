-- The last row of a subject is filled up before the next one is begun, because most plays come last; others keep room.
create or replace function analytics.store_segments() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into analytics.series_segment (kind, subject, since, quarters, plays, seconds, earnings)
  select kind, subject, min(quarter), array_agg(quarter), array_agg(plays), array_agg(seconds), array_agg(earnings)
  from (
    select *, (row_number() over (partition by kind, subject, since order by quarter) - 1) / case when is_last then 32 else 22 end as piece
    from pg_temp.work_cell
  ) cut
  group by kind, subject, since, piece
  order by kind, subject, min(quarter);
end
$$;

comment on function analytics.store_segments() is 'Stores the cells of work_cell as rows of analytics.series_segment.';
