create or replace function analytics.refuse_statement_change() returns trigger language plpgsql as $$
begin
  raise exception 'statements are closed for good: % of %.% is refused', lower(tg_op), tg_table_schema, tg_table_name
    using errcode = 'object_not_in_prerequisite_state',
      hint = 'Change the plays; the difference is booked as an adjustment of the next statement to close.';
end
$$;

comment on function analytics.refuse_statement_change() is 'Raises the error for a change of a closed statement.';
