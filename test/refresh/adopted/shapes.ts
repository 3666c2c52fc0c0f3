/** The tables of an application that never heard of the gateway, and what else its users do with them. */
export interface AdoptedShape {
  readonly title: string;
  /** SQL that makes and fills the tables, as their owner. */
  readonly tables: string;
  /** Changes that only these tables allow. */
  readonly changes: readonly string[];
}

const firstPlays = `
  insert into artists (artist_address, name) select '0xa' || i, 'Before ' || i from generate_series(0, 6) i;
  insert into songs (song_id, title, artist_address, genre, strategy)
  select 'song-' || i, 'Before ' || i, '0xa' || i % 7, (array['Jazz', 'Rock', null, 'ambient'])[1 + i % 4],
    (array['auction', 'patronage', 'pay-per-stream', 'gift-economy'])[1 + i % 4] from generate_series(0, 17) i;
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
  select 'song-' || i % 13, '0x' || i % 11, timestamptz '2026-03-05 12:00Z' - i * interval '7 hours', i, i / 8.0 from generate_series(1, 200) i;`;

const dimensions = `
  create table artists (
    artist_address varchar(66) primary key, name varchar(200) not null, country text, created_at timestamptz not null default now());
  create table songs (
    song_id varchar(40) primary key, title varchar(300) not null, artist_address varchar(66) not null references artists on update cascade on delete cascade,
    genre varchar(50), strategy varchar(20) not null, isrc text, created_at timestamptz not null default now());`;

const song = `'song-' || (1 + floor(random() * 17))::int`;

export const adoptedShapes: readonly AdoptedShape[] = [
  {
    title: 'varchar keys with cascades and an audit trigger',
    tables: `${dimensions}
      create table plays (
        device text, id bigserial primary key, song_id varchar(40) not null references songs on update cascade on delete cascade,
        listener_address varchar(66) not null, played_at timestamptz not null, duration int not null, amount_paid numeric(18, 8) not null);
      create table audit_log (at timestamptz default clock_timestamp(), what text, row jsonb);
      create function audit() returns trigger language plpgsql as $$
        begin insert into public.audit_log (what, row) values (tg_op, to_jsonb(coalesce(new, old))); return null; end $$;
      create trigger audit after insert or update or delete on plays for each row execute function audit();
      ${firstPlays}`,
    changes: [
      `delete from songs where song_id = ${song}`,
      `update songs set song_id = song_id || 'x' where song_id = ${song} and length(song_id) < 12`,
      `update artists set artist_address = artist_address || '9' where artist_address = '0xa' || (floor(random() * 7))::int and length(artist_address) < 9`,
      `delete from artists where artist_address = '0xa' || (floor(random() * 7))::int`,
      `update plays set device = 'phone' where id % 3 = 0`,
    ],
  },
  {
    title: 'yearly partitions',
    tables: `${dimensions}
      create table plays (
        id bigserial, song_id varchar(40) not null references songs, listener_address varchar(66) not null, played_at timestamptz not null,
        duration int not null, amount_paid numeric(18, 8) not null, primary key (id, played_at)) partition by range (played_at);
      create table plays_2025 partition of plays for values from ('2025-01-01Z') to ('2026-01-01Z');
      create table plays_2026 partition of plays for values from ('2026-01-01Z') to ('2027-01-01Z');
      create table plays_rest partition of plays default;
      ${firstPlays}`,
    changes: [
      `update plays set played_at = played_at - interval '200 days' where id % 5 = 0`,
      `truncate plays_2025`,
      `select * from analytics.ensure_play_partitions(1, '2026-03-05 12:00Z')`,
      `do $$ begin if to_regclass('plays_2024') is null then create table plays_2024 partition of plays for values from ('2024-01-01Z') to ('2025-01-01Z'); end if;
        exception when check_violation then null; end $$`,
    ],
  },
  {
    title: 'no foreign keys',
    tables: `
      create table artists (artist_address text primary key, name text, created_at timestamptz not null default now());
      create table songs (
        song_id text primary key, title text, artist_address text, genre text, strategy text not null, created_at timestamptz not null default now());
      create table plays (
        id serial primary key, song_id text not null, listener_address text not null, played_at timestamptz not null, duration smallint not null,
        amount_paid numeric(12, 4) not null);
      ${firstPlays}`,
    changes: [
      `delete from songs where song_id = ${song}`,
      `delete from artists where artist_address = '0xa' || (floor(random() * 7))::int`,
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('unknown', '0x3', '2026-03-01Z', 3, 1.5)`,
      `update songs set artist_address = 'nobody' where song_id = ${song}`,
    ],
  },
  {
    title: "the user's own triggers",
    tables: `${dimensions}
      create table plays (
        id bigserial primary key, song_id varchar(40) not null references songs, listener_address varchar(66) not null, played_at timestamptz not null,
        duration int not null, amount_paid numeric(18, 8) not null, updated_at timestamptz, fee numeric);
      create table totals (listener_address text primary key, plays bigint not null);
      create function normalise() returns trigger language plpgsql as $$ begin
        new.listener_address := lower(new.listener_address); new.updated_at := clock_timestamp();
        if new.duration > 900 then return null; end if;
        return new; end $$;
      create trigger a_normalise before insert or update on plays for each row execute function normalise();
      create function discount() returns trigger language plpgsql as $$ begin
        new.amount_paid := new.amount_paid + 0.01; return new; end $$;
      create trigger zz_discount before update on plays for each row when (new.fee is distinct from old.fee) execute function discount();
      create function count_listener() returns trigger language plpgsql as $$ begin
        insert into public.totals values (new.listener_address, 1) on conflict (listener_address) do update set plays = totals.plays + 1; return null; end $$;
      create trigger z_count after insert on plays for each row execute function count_listener();
      create function keep_some() returns trigger language plpgsql as $$ begin
        if old.id % 17 = 0 then return null; end if; return old; end $$;
      create trigger keep_some before delete on plays for each row execute function keep_some();
      create function charge() returns trigger language plpgsql as $$ begin
        update public.plays set fee = amount_paid / 10, amount_paid = amount_paid + 0.5 where id = new.id and fee is null; return null; end $$;
      create trigger charge after insert on plays for each row when (new.duration % 7 = 0) execute function charge();
      ${firstPlays}`,
    changes: [
      `update plays set fee = null where id % 4 = 0`,
      `update plays set listener_address = '0XAB' where id % 29 = 3`,
      `delete from plays where id % 19 = 1`,
    ],
  },
];
