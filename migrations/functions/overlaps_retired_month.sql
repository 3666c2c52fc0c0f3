create or replace function analytics.overlaps_retired_month(week timestamptz) returns boolean language sql stable as $$
  select exists (
    select from analytics.retired_month
    where month::timestamp at time zone 'UTC' < week + interval '7 days' and (month + interval '1 month') at time zone 'UTC' > week
  )
$$;

comment on function analytics.overlaps_retired_month(timestamptz) is 'Whether plays of a week of charts were retired.';
