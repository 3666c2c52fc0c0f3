import { CompiledQuery } from 'kysely';
import { run } from '../../database/query.js';
import type { Explained } from '../plans/plan.js';
import type { Reading } from '../plans/reading.js';
import type { WorkloadStatement } from './workload.js';

/**
 * The plan of a statement of which the values are not known: the one that fits any. It is prepared for that, because
 * PREPARE takes one statement and no more, and because every server since 15 can; EXPLAIN (GENERIC_PLAN) came with 16
 * and takes whatever stands in the text.
 * @throws GatewayError when the text cannot be planned without its values
 */
export async function genericPlan(reading: Reading, statement: WorkloadStatement): Promise<Explained> {
  const { text, types } = withLimit(statement);
  const values = types.length > 0 ? `(${types.map(() => 'null').join(', ')})` : '';
  const declared = types.length > 0 ? `(${types.join(', ')})` : '';
  await reading.attempt(() => execute(reading, `prepare advised_statement ${declared} as ${text}`));
  // From here on it has to be given back: it outlives the transaction.
  const [row] = await reading
    .attempt(() =>
      execute<{ 'QUERY PLAN': readonly Explained[] }>(
        reading,
        `explain (verbose, format json) execute advised_statement${values}`,
      ),
    )
    .finally(() => execute(reading, 'deallocate advised_statement'));
  const plan = row?.['QUERY PLAN'][0];
  if (!plan) throw new Error('Expected a plan from EXPLAIN, got nothing.');
  return plan;
}

/**
 * A limit that is not known is planned as a tenth of all rows. How many rows the statement gave on average is known,
 * and says more.
 */
function withLimit({ text, rows, calls }: WorkloadStatement): { text: string; types: readonly string[] } {
  const highest = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])));
  const types: string[] = Array.from({ length: highest }, () => 'unknown');
  const average = Math.max(1, Math.ceil(rows / Math.max(1, calls)));
  const limited = text.replace(/\blimit \$(\d+)(?!\d)(?=\s*(?:$|\)|;|offset\b))/gi, (all, number: string) => {
    // A parameter that stands nowhere else would have no type any more.
    types[Number(number) - 1] = 'bigint';
    return all.replace(/\$\d+/, String(average));
  });
  return { text: limited, types };
}

/** Has to be said once in a transaction before the first of its generic plans. */
export async function preferGenericPlans(reading: Reading): Promise<void> {
  await execute(reading, 'set local plan_cache_mode = force_generic_plan');
}

function execute<Row>(reading: Reading, text: string): Promise<Row[]> {
  return run<Row>(reading.database, 'advice.plan', {
    compile: () => CompiledQuery.raw(text) as CompiledQuery<Row>,
  });
}
