import type { Check } from '../checked-database.js';
import { hint } from '../finding.js';

/**
 * Triggers of the user's that run after the one that marks a changed play. What they change is noticed, but it costs a
 * rebuild: row triggers run in the order of their names.
 */
export const checkLateTriggers: Check = async ({ facts }, session) => {
  if (!facts.tables.includes('plays')) return [];
  const { rows } = await session.query<{ name: string }>(
    `select tgname::text as name from pg_trigger
     where tgrelid = to_regclass('plays') and not tgisinternal and tgenabled <> 'D'
       -- BEFORE and ROW and UPDATE.
       and tgtype & 1 = 1 and tgtype & 2 = 2 and tgtype & 16 = 16
       and tgname > 'analytics_stamp' collate "C" and tgname not like 'analytics\\_stamp%' order by tgname`,
  );
  return rows.map(({ name }) =>
    hint(
      `The trigger ${name} of plays runs after analytics_stamp, which marks changed plays`,
      `If it changes song_id, listener_address, played_at, duration or amount_paid, the next refresh recomputes everything. Let it run first: alter trigger ${quoted(name)} on plays rename to ${quoted(`a_${name}`)}.`,
    ),
  );
};

const quoted = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
