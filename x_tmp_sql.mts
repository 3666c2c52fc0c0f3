import pg from 'pg'; import {readFileSync} from 'node:fs';
const c=new pg.Client(readFileSync('/work/scratch/imp/url','utf8'));await c.connect();
await c.query('begin');
await c.query(`create temp table st as select (row_number() over())::int as position, song_id, listener_address, played_at, duration, amount_paid from (select * from plays limit 10000) p`);
for (const q of [`delete from st s where not exists (select from songs t where t.song_id=s.song_id) returning position`,`insert into plays (song_id, listener_address, played_at, duration, amount_paid) select song_id, listener_address, played_at, duration, amount_paid from st order by position`])
console.log((await c.query('explain (analyze, costs off) '+q)).rows.map(r=>Object.values(r)[0]).join('\n'));
await c.query('rollback');await c.end();
