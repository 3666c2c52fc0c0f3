-- Artists are the first of the three tables that belong to the user. A database that already has them is adopted:
-- its own table stays as it is, and only a fresh database gets this one.

create schema if not exists analytics;
comment on schema analytics is 'Engine state, refresh ledger and functions of the analytics gateway. The tables of the user live outside of it.';

create table if not exists artists (
  artist_address text primary key,
  name text not null,
  created_at timestamptz not null default now()
);
