/**
 * Tables of a shop, with what makes advice hard: columns of every spread, values that are rare or missing, indexes that
 * are there already, a materialized view, a partitioned table and a small one. Every value follows from its row's
 * number, so that it is the same world each time. `rows` is the size of the largest table.
 */
export function worldOf(rows: number): string {
  const users = Math.round(rows / 10);
  const spread = (salt: number, size: number) => `(abs(hashint8extended(n, ${salt})) % ${size})`;
  return `
    create table events (
      id bigint primary key, kind text, user_id int, at timestamptz, amount numeric(12, 2), status smallint,
      flag boolean, rare boolean, note text, country varchar(20), session_code text, score int, payload text,
      extra jsonb);
    insert into events select
      n, 'kind-' || ${spread(1, 500)}, ${spread(2, users)},
      timestamptz '2026-01-01' - ${spread(3, 730 * 86400)} * interval '1 second',
      case when ${spread(4, 20)} > 0 then ${spread(5, 1_000_000)} / 100.0 end, ${spread(6, 5)},
      ${spread(7, 2)} = 0, ${spread(8, 1000)} = 0, case when ${spread(9, 100)} = 0 then 'note-' || ${spread(10, 400)} end,
      'country-' || ${spread(11, 200)}, md5(n::text), ${spread(12, 10_000_000)}, repeat('x', 60),
      jsonb_build_object('n', n)
    from generate_series(1, ${rows}) n;

    create table users (
      id int primary key, email text not null unique, name text, city text, signup timestamptz, referrer_id int);
    insert into users select
      n, 'user-' || n || '@example.org', 'Name ' || ${spread(13, 3000)},
      case when ${spread(14, 300)} > 0 then 'city-' || ${spread(15, 400)} end,
      timestamptz '2026-01-01' - ${spread(16, 1000)} * interval '1 day', case when ${spread(17, 50)} = 0 then ${spread(18, users)} end
    from generate_series(0, ${users - 1}) n;

    create table orders (
      id bigint primary key, user_id int, state_code text, created_at timestamptz, total numeric(12, 2), parcel int, gift boolean);
    insert into orders select
      n, ${spread(19, users)}, 'state-' || ${spread(20, 100)}, timestamptz '2026-01-01' - ${spread(21, 730 * 86400)} * interval '1 second',
      ${spread(22, 100_000)} / 100.0, ${spread(23, 10_000)}, ${spread(24, 200)} = 0
    from generate_series(1, ${rows}) n;
    create index on orders (user_id);
    create index on orders (created_at desc);
    create index on orders (state_code, parcel);
    create index on orders (id) where gift;
    create index on orders (total, created_at desc nulls last);

    create table colors (id int primary key, name text);
    insert into colors select n, 'color-' || n from generate_series(1, 400) n;

    create materialized view mv_kinds as
      select kind || '-' || country as label, kind, count(*) as events, sum(amount) as revenue, max(at) as last_at
      from events group by kind, country;

    create table logs (id bigint, at timestamptz not null, host text, line text) partition by range (at);
    create table logs_2025 partition of logs for values from ('2025-01-01') to ('2026-01-01');
    create table logs_2024 partition of logs for values from ('2024-01-01') to ('2025-01-01');
    create table logs_other partition of logs default;
    insert into logs select
      n, timestamptz '2026-01-01' - ${spread(25, 730 * 86400)} * interval '1 second' - interval '1 second',
      'host-' || ${spread(26, 5000)}, repeat('y', 80)
    from generate_series(1, ${rows}) n;
  `;
}

/** To be run outside of a transaction, after the world was made. */
export const settle = 'vacuum analyze';
