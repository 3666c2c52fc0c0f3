import { viewNames } from '../../catalogue/index.js';
import type { Check } from '../checked-database.js';
import { type Finding, fault, hint, ok } from '../finding.js';

interface LedgerRow {
  readonly asOf: string | null;
  /** Views that wait for a schedule of their own, with their instants. */
  readonly waiting: string | null;
  readonly error: string | null;
  readonly failedAt: string | null;
}

const staleHours = 24;

/** Whether the views are filled, from when their numbers are, and whether the last refresh failed. */
export const checkFreshness: Check = async ({ facts, now }, session) => {
  if (!facts.isMigrated) return [];
  const { rows: views } = await session.query<{ name: string }>(
    `select name from unnest($1::text[]) name join pg_class on oid = to_regclass(name)
     where not relispopulated`,
    [viewNames],
  );
  if (views.length > 0) {
    const title = `Not filled yet: ${views.map((view) => view.name).join(', ')}`;
    return facts.isStandby || facts.isReadOnly
      ? [fault(title, 'They cannot be filled from here: refresh on the primary.')]
      : [hint(title, '`mycelix-analytics refresh` fills them; `serve` does so by itself.')];
  }
  const { rows } = await session.query<LedgerRow>(
    `select (select as_of from analytics.engine) as "asOf", (
       select string_agg(format('%s as of %s', view, as_of), ', ' order by view) from analytics.view_freshness where is_behind) as waiting, failure.error, failure.finished_at as "failedAt"
     from (select) one left join lateral (
       select error, finished_at from analytics.refresh_ledger order by id desc limit 1) failure on error is not null`,
  );
  const { asOf, waiting, error, failedAt } = rows[0]!;
  const findings: Finding[] = [];
  if (error)
    findings.push(
      hint(
        `The last refresh failed at ${failedAt}: ${error.split('\n')[0]}`,
        '`mycelix-analytics refresh` tries again and says more.',
      ),
    );
  if (asOf === null)
    return [...findings, hint('The views were never refreshed', '`mycelix-analytics refresh` fills them.')];
  const ageHours = (now().getTime() - new Date(asOf).getTime()) / 3_600_000;
  findings.push(
    ageHours > staleHours
      ? hint(
          `The views are ${Math.floor(ageHours)} hours old (as of ${asOf})`,
          'See REFRESH_SCHEDULE and the log of the gateway; `mycelix-analytics refresh` refreshes now.',
        )
      : ok(`The views are as of ${asOf}${waiting ? `; waiting for their schedules: ${waiting}` : ''}`),
  );
  return findings;
};
