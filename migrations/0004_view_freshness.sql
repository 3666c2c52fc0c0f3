-- A refresh publishes the views in which something can have changed.

create table analytics.view_freshness (
  view text primary key,
  generation bigint not null,
  as_of timestamptz not null
) with (fillfactor = 50);
comment on table analytics.view_freshness is 'The refresh that last published each view. What a later one did not publish again is true at its instant, too.';

-- Of the version before.
drop function if exists analytics.publish();
