import type { Check } from '../checked-database.js';
import { type Finding, hint, ok } from '../finding.js';

/** Whether months are made before their plays arrive. Only where plays are partitioned by this gateway. */
export const checkPartitions: Check = async ({ facts }, session) => {
  if (!facts.isMigrated) return [];
  const { rows } = await session.query<{ fallback: string | null; isOurs: boolean; hasNext: boolean }>(
    `select nullif(partdefid, 0)::regclass::text as fallback, analytics.is_partitioned_by_month() as "isOurs", exists (
         select from analytics.list_play_ranges() where now() + interval '1 month' >= beginning and now() + interval '1 month' < ending) as "hasNext"
     from pg_partitioned_table where partrelid = to_regclass('plays')`,
  );
  const [table] = rows;
  if (!table) return [ok('plays is one table without partitions')];
  if (!table.isOurs)
    return [
      ok('plays is partitioned by a scheme of its own; making its partitions is left to whoever made it'),
    ];
  const findings: Finding[] = [];
  if (!table.hasNext)
    findings.push(
      hint(
        'The partition of the next month is not made yet',
        'A running gateway makes it; or: select * from analytics.ensure_play_partitions()',
      ),
    );
  if (table.fallback) {
    const { rows: stray } = await session.query<{ months: string[] }>(
      `select array(select distinct to_char(played_at at time zone 'UTC', 'YYYY-MM')
         from (select played_at from ${table.fallback} limit 10000) few order by 1) as months`,
    );
    const months = stray[0]?.months ?? [];
    if (months.length > 0)
      findings.push(
        hint(
          `${table.fallback} holds plays of ${months.slice(0, 6).join(', ')}${months.length > 6 ? ` and ${months.length - 6} more months` : ''}`,
          'Every number is right, but these months cannot be retired: `mycelix-analytics partition --month YYYY-MM` moves one while everybody who uses plays waits.',
        ),
      );
  }
  return findings.length > 0 ? findings : [ok('Partitions of plays are made ahead, and none is stray')];
};
