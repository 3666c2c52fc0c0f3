-- What the peers read for the series: the last 90 days of each artist in Berlin, summed up from plays when it is asked for.
create or replace view bench_artist_days as
select a.artist_address, days.start, days.plays, days.earnings
from mv_artist_analytics a
cross join lateral (
    select date_trunc('day', a.last_refreshed at time zone 'Europe/Berlin') as today
) range
cross join lateral (
    select day at time zone 'Europe/Berlin' as start,
        coalesce(counted.plays, 0) as plays,
        coalesce(counted.earnings, 0) as earnings
    from generate_series(range.today - interval '89 days', range.today, interval '1 day') as day
    left join (
        select date_trunc('day', p.played_at at time zone 'Europe/Berlin') as day,
            count(*) as plays,
            sum(p.amount_paid) as earnings
        from songs s
        join plays p using (song_id)
        where s.artist_address = a.artist_address
            and p.played_at >= (range.today - interval '89 days') at time zone 'Europe/Berlin'
            and p.played_at < (range.today + interval '1 day') at time zone 'Europe/Berlin'
        group by 1
    ) counted using (day)
) days;
grant select on bench_artist_days to public;
