create or replace function analytics.install_capture() returns void language plpgsql set search_path from current as $$
begin
  -- Triggers that are in place are left alone: replacing them would make the next refresh rebuild everything.
  if exists (select from analytics.list_capture_gaps(of_rows => true)) or exists (select from analytics.list_capture_gaps(of_rows => false)) then
    perform analytics.capture_from((select writer_offset from analytics.engine));
  end if;
  perform analytics.protect_statements();
end
$$;

comment on function analytics.install_capture() is 'Gives plays the triggers that capture its changes, where they are missing, and protects what is closed. The last step of a migration.';
