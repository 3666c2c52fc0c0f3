-- A refresh publishes the views in which something can have changed, unless they have a schedule of their own.

create table analytics.view_freshness (
  view text primary key,
  generation bigint not null,
  as_of timestamptz not null,
  is_behind boolean not null default false
) with (fillfactor = 50);
comment on table analytics.view_freshness is 'The refresh that last published each view. What a later one did not publish again is true at its instant, too, unless the view is behind.';
comment on column analytics.view_freshness.is_behind is 'A later refresh changed something in the view and left it for its own schedule.';

-- Of the version before.
drop function if exists analytics.publish();
drop function if exists analytics.refresh(text, timestamptz, boolean);
drop function if exists analytics.refresh_or_explain(text, timestamptz, analytics.engine, text);
drop function if exists analytics.run_refresh(text, timestamptz, analytics.engine, text);
