-- What the engine has to know beyond its counters: which views it publishes, what captured the changes of plays, a name for
-- each state of the views, and what somebody added to each view.

-- Before the queue, in the order of a transaction that changes plays.
lock table plays in access exclusive mode;

create table analytics.published_view (
  view text primary key,
  key text not null,
  plain_definition text not null
);
-- Every role that may refresh or verify needs the names of the views.
grant select on analytics.published_view to public;
comment on table analytics.published_view is 'The views that a refresh publishes. Filled from migrations/views.';
comment on column analytics.published_view.key is 'The column of the unique index.';
comment on column analytics.published_view.plain_definition is 'A query over artists, songs and plays that gives the same rows at the instant :as_of.';

alter table analytics.engine add column if not exists capture jsonb;
comment on column analytics.engine.capture is 'What captured the changes of plays when they were last read: a digest for each table that holds them.';

-- Two databases that began as one, such as a dump and where it was taken, come to the same generation with different
-- numbers. So each refresh draws a random state, and records the state that it started from. See analytics.draw_state.
alter table analytics.engine add column if not exists state bigint not null
  default ('x' || right(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint;
alter table analytics.engine add column if not exists previous_state bigint;
comment on column analytics.engine.state is 'Names what the views show: drawn anew by each refresh, so that no other history comes to it.';
comment on column analytics.engine.previous_state is 'The state that the last refresh started from.';

create table if not exists analytics.view_note (
  view text primary key,
  comment text,
  rights jsonb not null default '[]',
  indexes jsonb not null default '{}'
);
comment on table analytics.view_note is 'What somebody added to each view, as of the last refresh: a comment, rights and indexes.';

-- With a publication FOR ALL TABLES PostgreSQL refuses UPDATE and DELETE of tables without a replica identity. These two
-- are queues that may hold equal rows, and a key would cost every change of a play an index. FULL costs an INSERT nothing,
-- and a DELETE only where changes are decoded.
alter table analytics.play_queue replica identity full;
alter table analytics.rebuild_request replica identity full;

-- Of former versions.
drop function if exists analytics.list_plain_definitions(), analytics.compare_views(timestamptz, boolean);
