import { CompiledQuery } from 'kysely';
import type { Explained } from '../../explain/plan.js';
import type { ReadOnlyTransaction } from '../../explain/read-only-transaction.js';
import type { WorkloadStatement } from '../workload.js';

/**
 * The generic plan of a statement with unknown parameter values. Uses PREPARE, because EXPLAIN (GENERIC_PLAN)
 * requires PostgreSQL 16.
 * @throws GatewayError when the statement cannot be planned without its values
 */
export async function genericPlan(
  transaction: ReadOnlyTransaction,
  statement: WorkloadStatement,
): Promise<Explained> {
  const { text, types } = withLimit(statement);
  const values = types.length > 0 ? `(${types.map(() => 'null').join(', ')})` : '';
  const declared = types.length > 0 ? `(${types.join(', ')})` : '';
  await transaction.attempt(() => execute(transaction, `prepare advised_statement ${declared} as ${text}`));
  // A prepared statement outlives the transaction, so it has to be deallocated.
  const [row] = await transaction
    .attempt(() =>
      execute<{ 'QUERY PLAN': readonly Explained[] }>(
        transaction,
        `explain (verbose, format json) execute advised_statement${values}`,
      ),
    )
    .finally(() => execute(transaction, 'deallocate advised_statement'));
  const plan = row?.['QUERY PLAN'][0];
  if (!plan) throw new Error('Expected a plan from EXPLAIN, got nothing.');
  return plan;
}

/** Replaces LIMIT parameters by the average number of rows returned; the planner would assume a tenth of all rows. */
function withLimit({ text, rows, calls }: WorkloadStatement): { text: string; types: readonly string[] } {
  const highest = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])));
  const types: string[] = Array.from({ length: highest }, () => 'unknown');
  const average = Math.max(1, Math.ceil(rows / Math.max(1, calls)));
  const limited = text.replace(/\blimit \$(\d+)(?!\d)(?=\s*(?:$|\)|;|offset\b))/gi, (all, number: string) => {
    // A parameter that is not used elsewhere needs an explicit type.
    types[Number(number) - 1] = 'bigint';
    return all.replace(/\$\d+/, String(average));
  });
  return { text: limited, types };
}

/** Call once per transaction before `genericPlan`. */
export async function forceGenericPlans(transaction: ReadOnlyTransaction): Promise<void> {
  await execute(transaction, 'set local plan_cache_mode = force_generic_plan');
}

function execute<Row>(transaction: ReadOnlyTransaction, text: string): Promise<Row[]> {
  return transaction.reader.read<Row>('advice.plan', {
    compile: () => CompiledQuery.raw(text) as CompiledQuery<Row>,
  });
}
