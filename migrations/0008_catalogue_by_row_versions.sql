-- A refresh reads the artists and songs that were written since the last one, instead of comparing all of them.

alter table analytics.engine add column catalogue jsonb;
comment on column analytics.engine.catalogue is 'What the last refresh read artists and songs from, and how many there were: see analytics.current_catalogue.';

-- Songs become old, and are no longer new, by the time alone.
create index song_created_at on analytics.song (created_at);

-- They return what they counted.
drop function if exists analytics.read_changes(analytics.engine, timestamptz);
drop function if exists analytics.read_everything(timestamptz);
