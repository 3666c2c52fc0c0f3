-- Always: also in a session in the replica role.
create or replace function analytics.protect_statements() returns void language plpgsql as $$
declare
  final text;
begin
  foreach final in array array['statement', 'statement_line'] loop
    execute format('create or replace trigger statement_is_final before update or delete or truncate on analytics.%I
      for each statement execute function analytics.refuse_statement_change()', final);
    execute format('alter table analytics.%I enable always trigger statement_is_final', final);
  end loop;
end
$$;

comment on function analytics.protect_statements() is 'Installs the triggers that keep closed statements as they are.';
