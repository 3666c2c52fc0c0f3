-- Finds the plays of recent transactions without reading the others. A block range index, because the ids rise with
-- the place in the table: it costs an insert almost nothing, and a few kilobytes a million rows. A file of its own,
-- because building it over an adopted table reads the whole of it: writers wait meanwhile (about half a second a
-- million plays), readers do not, and nobody waits for the lock of the step before.

create index if not exists plays_analytics_writer_idx on plays
  using brin (analytics_writer) with (pages_per_range = 32, autosummarize = on);
