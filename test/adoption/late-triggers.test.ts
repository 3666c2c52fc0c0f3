import { expect, test } from 'vitest';
import { describeEachDatabase } from '../support/databases.js';

const world = `
  insert into artists (artist_address, name) values ('a', 'A');
  insert into songs (song_id, title, artist_address, strategy) values ('s', 'S', 'a', 'auction'), ('t', 'T', 'a', 'auction');
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
    select 's', 'l' || n, now() - make_interval(hours => n), 10, 1 from generate_series(1, 100) n;
  alter table plays add column price_list int;
  create function reprice() returns trigger language plpgsql as $$
    begin if new.price_list is not null then new.amount_paid := new.price_list; end if; return new; end $$;
  create trigger reprice before update on plays for each row execute function reprice();`;

describeEachDatabase("A trigger of the user's that runs after the stamp", (open) => {
  test('changes plays without a number going wrong', async () => {
    const database = await open();
    try {
      await database.query(world);
      const refresh = async () => {
        const { rows } = await database.query<{ result: { kind: string; reason: string | null } }>(
          `select analytics.refresh('test') as result`,
        );
        const { rows: checks } = await database.query(
          `select total_volume = (select sum(amount_paid) from plays) as volume, analytics.verify() ->> 'ok' as verified from mv_platform_stats`,
        );
        expect(checks).toEqual([{ volume: true, verified: 'true' }]);
        return rows[0]!.result;
      };
      await refresh();
      await database.query('update plays set price_list = 3');
      const changed = await refresh();
      expect(changed.kind).toBe('rebuild');
      expect(changed.reason).toContain(
        'a trigger that runs after analytics_stamp changed rows of public.plays',
      );
      // One that changes nothing that is counted costs nothing, nor does a play that the same transaction wrote.
      await database.query('update plays set price_list = 3');
      await database.query(`
        begin;
        insert into plays (song_id, listener_address, played_at, duration, amount_paid, price_list) values ('t', 'new', now(), 1, 1, null);
        update plays set price_list = 9 where listener_address = 'new';
        update plays set song_id = 't', price_list = 8 where listener_address = 'l5';
        update plays set price_list = 7 where listener_address = 'l5';
        commit;`);
      expect(await refresh()).toMatchObject({ kind: 'incremental' });
    } finally {
      await database.close();
    }
  });
});
