import type { Database } from '../../database/database.js';
import { isLostConnection } from '../../database/failures/failures.js';
import { nameIn } from '../../database/reader/named-text.js';
import { GatewayError } from '../../errors.js';
import { nodesOf, type PlanNode } from '../explain/plan.js';
import { inReadOnlyTransaction, type ReadOnlyTransaction } from '../explain/read-only-transaction.js';
import { advise } from './advise.js';
import type { IndexAdvice, IndexSuggestion, WorkloadSuggestion } from './type.js';
import { forceGenericPlans, genericPlan } from './verification/generic-plan.js';
import { findHypothetical, hypotheticalNeeds } from './verification/hypothetical.js';
import { listWorkload, type WorkloadStatement, workloadNeeds } from './workload.js';

/** Suggests the indexes that would have saved the most time over the statements the server has executed. */
export type AdviseWorkload = (limit: number) => Promise<IndexAdvice>;

export interface WorkloadOptions {
  readonly monitoringPool: Database;
  /** Time limit for planning one statement. */
  readonly statementLimitMs?: number;
  /** No further statement is examined after this time. */
  readonly limitMs?: number;
}

/** One examination at a time; concurrent requests share its result. */
export function createWorkloadAdvice(options: WorkloadOptions): AdviseWorkload {
  let running: Promise<IndexAdvice> | null = null;
  return async (limit) => {
    running ??= adviseWorkload(options).finally(() => {
      running = null;
    });
    const advice = await running;
    return { ...advice, suggestions: advice.suggestions.slice(0, limit) };
  };
}

function adviseWorkload({
  monitoringPool,
  statementLimitMs = 2_000,
  limitMs = 10_000,
}: WorkloadOptions): Promise<IndexAdvice> {
  const end = performance.now() + limitMs;
  return inReadOnlyTransaction(monitoringPool, statementLimitMs, async (transaction) => {
    const workload = await listWorkload(transaction.reader);
    if (!workload)
      return { available: false, needs: [workloadNeeds], examined: 0, skipped: 0, suggestions: [] };
    await forceGenericPlans(transaction);
    const own = await searchPath(transaction);
    const found: Found[] = [];
    let examined = 0;
    let skipped = 0;
    for (const statement of workload) {
      if (performance.now() > end) break;
      const suggestions = await adviseShape(transaction, statement, own);
      if (suggestions === 'foreign') continue;
      if (suggestions === 'unplannable') skipped++;
      else {
        examined++;
        found.push(...suggestions.map((index) => ({ index, statement })));
      }
    }
    return {
      available: true,
      needs: (await findHypothetical(transaction.reader)) ? [] : [hypotheticalNeeds],
      examined,
      skipped,
      suggestions: mergeByIndex(found),
    };
  });
}

interface Found {
  readonly index: IndexSuggestion;
  readonly statement: WorkloadStatement;
}

/** Suggestions for one statement. Statements that write or read system catalogs are 'foreign'. */
async function adviseShape(
  transaction: ReadOnlyTransaction,
  statement: WorkloadStatement,
  own: ReadonlySet<string>,
): Promise<IndexSuggestion[] | 'foreign' | 'unplannable'> {
  try {
    const { Plan: plan } = await genericPlan(transaction, statement);
    if (!isOwn(plan, own)) return 'foreign';
    return await advise(transaction, () => genericPlan(transaction, statement));
  } catch (error) {
    if (isLostConnection(causeOf(error))) throw error;
    // Without parameter values a statement may not be plannable, or its tables were dropped.
    return 'unplannable';
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof GatewayError ? (error.originalError ?? error) : error;
}

function isOwn(plan: PlanNode, own: ReadonlySet<string>): boolean {
  const nodes = [...nodesOf(plan)];
  return (
    nodes.some((node) => node.Schema !== undefined && own.has(node.Schema)) &&
    nodes.every((node) => node['Node Type'] !== 'ModifyTable' && node.Schema !== 'pg_catalog')
  );
}

async function searchPath({ session }: ReadOnlyTransaction): Promise<ReadonlySet<string>> {
  const { rows } = await session.query<{ schemas: string[] }>(
    'select current_schemas(false)::text[] as schemas',
  );
  return new Set(rows[0]?.schemas);
}

/** Merges suggestions by index; an index whose columns another one begins with is merged into the longest of those. */
function mergeByIndex(found: readonly Found[]): WorkloadSuggestion[] {
  const byIndex = new Map<string, Found[]>();
  for (const one of found) {
    const [whole = one] = found
      .filter(({ index }) => isPrefixOf(one.index, index))
      .sort((a, b) => b.index.columns.length - a.index.columns.length);
    byIndex.set(whole.index.ddl, [...(byIndex.get(whole.index.ddl) ?? []), one]);
  }
  return [...byIndex]
    .map(([ddl, all]) => suggestionOf(ddl, all))
    .sort((a, b) => (b.savedMs ?? 0) - (a.savedMs ?? 0));
}

function isPrefixOf(one: IndexSuggestion, other: IndexSuggestion): boolean {
  return (
    one.table === other.table &&
    one.columns.length < other.columns.length &&
    one.columns.every((column, at) => column === other.columns[at]) &&
    // A partial index serves fewer statements.
    predicateIn(one.ddl) === predicateIn(other.ddl)
  );
}

function predicateIn(ddl: string): string | undefined {
  return / WHERE (.*);$/im.exec(ddl)?.[1];
}

function suggestionOf(ddl: string, all: readonly Found[]): WorkloadSuggestion {
  const own = all.find(({ index }) => index.ddl === ddl) ?? all[0]!;
  const savings = all.map(({ index, statement }) =>
    index.costBefore && index.costAfter !== null
      ? statement.totalMs * (1 - index.costAfter / index.costBefore)
      : null,
  );
  return {
    index: own.index,
    savedMs: savings.some((saving) => saving === null)
      ? null
      : savings.reduce<number>((sum, saving) => sum + (saving ?? 0), 0),
    statements: all.map(({ index, statement }) => ({
      name: nameIn(statement.text),
      sql: statement.text,
      calls: statement.calls,
      totalDurationMs: statement.totalMs,
      costBefore: index.costBefore,
      costAfter: index.costAfter,
    })),
  };
}
