create or replace function analytics.quarter_of(at timestamptz) returns int language sql stable as $$
  select greatest(least(date_part('epoch', date_bin('15 minutes', at, '2000-01-01 00:00+00')) / 900, 2147483647), -2147483648)::int
$$;

comment on function analytics.quarter_of(timestamptz) is 'The quarter of an hour that holds an instant, counted from 1970. Bounded: adopted plays may be stamped infinity.';
