create or replace function analytics.recount_statement_changes() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from analytics.statement_change;
  insert into analytics.statement_change (artist_address, song_id, month, plays, earnings)
  select artist_address, song_id, month, plays, earnings from analytics.list_statement_gaps();
end
$$;

comment on function analytics.recount_statement_changes() is 'Replaces what changed in closed months by what a rebuild found.';
