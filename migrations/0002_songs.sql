-- Songs carry the dimensions of every number: artist, genre and strategy. They may change at any time; the engine
-- compares them with what it knows at each refresh, so they need no trigger.

create table if not exists songs (
  song_id text primary key,
  title text not null,
  artist_address text not null references artists,
  genre text,
  strategy text not null
    constraint songs_strategy_known check (strategy in ('pay-per-stream', 'gift-economy', 'patronage', 'auction')),
  created_at timestamptz not null default now()
);
create index if not exists songs_artist_address_idx on songs (artist_address);

-- An adopted table may lack the rule that the views count by; its rows were looked at before it was adopted.
do $$
begin
  if not exists (select from pg_constraint where conrelid = 'songs'::regclass and conname = 'songs_strategy_known') then
    alter table songs add constraint songs_strategy_known
      check (strategy in ('pay-per-stream', 'gift-economy', 'patronage', 'auction')) not valid;
  end if;
end
$$;
