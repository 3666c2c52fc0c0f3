-- A sample can say nothing about artists.
create or replace function analytics.compare_statements(is_sample boolean)
returns table (view text, key text, published text, expected text)
language sql set search_path = pg_catalog, pg_temp as $$
  select 'adjustments', concat_ws(' ', artist_address, song_id, month), noted::text, gap::text
  from analytics.statement_change noted full join analytics.list_statement_gaps() gap using (artist_address, song_id, month)
  where not is_sample
    and (coalesce(noted.plays, 0) <> coalesce(gap.plays, 0) or coalesce(noted.earnings, 0) <> coalesce(gap.earnings, 0))
  union all
  select 'statements', concat_ws(' ', statement.artist_address, statement.month), statement::text, summed::text
  from analytics.statement
  cross join lateral (
    select coalesce(sum(line.plays) filter (where line.month = statement.month), 0) as plays,
      coalesce(sum(line.earnings) filter (where line.month = statement.month), 0) as earnings,
      coalesce(sum(line.plays) filter (where line.month < statement.month), 0) as adjusted_plays,
      coalesce(sum(line.earnings) filter (where line.month < statement.month), 0) as adjusted_earnings
    from analytics.statement_line line where line.statement = statement.statement
  ) summed
  where not is_sample
    and (statement.plays, statement.earnings, statement.adjusted_plays, statement.adjusted_earnings)
      is distinct from (summed.plays, summed.earnings, summed.adjusted_plays, summed.adjusted_earnings)
$$;

comment on function analytics.compare_statements(boolean) is
  'Where statements with their pending adjustments differ from the plays of closed months, and where their totals differ from their lines.';
