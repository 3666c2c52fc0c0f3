create or replace function analytics.describe_refresh(outcome text, of_generation bigint) returns jsonb language sql stable as $$
  select jsonb_build_object('outcome', outcome, 'generation', generation, 'kind', kind, 'reason', reason, 'asOf', as_of,
    'durationMs', duration_ms, 'rowsChanged', rows_changed, 'phases', phases)
  from analytics.refresh_ledger where generation = of_generation
$$;

comment on function analytics.describe_refresh(text, bigint) is 'What a refresh answers.';
