-- mv_top_songs_week at the instant :as_of, in plain terms of the three tables. `verify` and the tests compare the view with it.
select
  s.song_id::text as song_id,
  s.title::text as title,
  s.artist_address::text as artist_address,
  a.name::text as artist_name,
  s.genre::text as genre,
  count(*) as plays,
  rank() over (order by count(*) desc) as rank
from plays p
join songs s on s.song_id = p.song_id
left join artists a on a.artist_address = s.artist_address
where p.played_at >= :as_of - interval '168 hours'
group by s.song_id, s.title, s.artist_address, a.name, s.genre
order by count(*) desc, s.song_id
limit 100
