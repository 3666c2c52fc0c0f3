import type { Database } from '../../database/database.js';
import { nameIn } from '../../database/named-text.js';
import { nodesOf, type PlanNode } from '../plans/plan.js';
import { inReading, type Reading } from '../plans/reading.js';
import { advise } from './advise.js';
import { genericPlan, preferGenericPlans } from './generic-plan.js';
import { findHypothetical, hypotheticalNeeds } from './hypothetical.js';
import type { IndexAdvice, IndexSuggestion, WorkloadSuggestion } from './type.js';
import { listWorkload, type WorkloadStatement, workloadNeeds } from './workload.js';

/** Looks at what the server has executed, and says which indexes would have saved most. */
export type AdviseWorkload = (limit: number) => Promise<IndexAdvice>;

export interface WorkloadOptions {
  readonly reserve: Database;
  /** How long planning one statement may take. */
  readonly statementLimitMs?: number;
  /** When no further statement is looked at. */
  readonly limitMs?: number;
}

/** One look at a time; whoever asks meanwhile gets the result of the one that is running. */
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
  reserve,
  statementLimitMs = 2_000,
  limitMs = 10_000,
}: WorkloadOptions): Promise<IndexAdvice> {
  const end = performance.now() + limitMs;
  return inReading(reserve, statementLimitMs, async (reading) => {
    const workload = await listWorkload(reading.database);
    if (!workload)
      return { available: false, needs: [workloadNeeds], examined: 0, skipped: 0, suggestions: [] };
    await preferGenericPlans(reading);
    const own = await searchPath(reading);
    const found: Found[] = [];
    let examined = 0;
    let skipped = 0;
    for (const statement of workload) {
      if (performance.now() > end) break;
      const suggestions = await adviseShape(reading, statement, own);
      if (suggestions === 'foreign') continue;
      if (suggestions === 'unplannable') skipped++;
      else {
        examined++;
        found.push(...suggestions.map((index) => ({ index, statement })));
      }
    }
    return {
      available: true,
      needs: (await findHypothetical(reading.database)) ? [] : [hypotheticalNeeds],
      examined,
      skipped,
      suggestions: gathered(found),
    };
  });
}

interface Found {
  readonly index: IndexSuggestion;
  readonly statement: WorkloadStatement;
}

/** What is said of one statement; the catalogs of the server are nobody's to index, and writes are not read here. */
async function adviseShape(
  reading: Reading,
  statement: WorkloadStatement,
  own: ReadonlySet<string>,
): Promise<IndexSuggestion[] | 'foreign' | 'unplannable'> {
  try {
    const { Plan: plan } = await genericPlan(reading, statement);
    if (!isOwn(plan, own)) return 'foreign';
    return await advise(reading, () => genericPlan(reading, statement));
  } catch {
    // Without its values a statement may have no meaning, or its tables may be gone.
    return 'unplannable';
  }
}

function isOwn(plan: PlanNode, own: ReadonlySet<string>): boolean {
  const nodes = [...nodesOf(plan)];
  return (
    nodes.some((node) => node.Schema !== undefined && own.has(node.Schema)) &&
    nodes.every((node) => node['Node Type'] !== 'ModifyTable' && node.Schema !== 'pg_catalog')
  );
}

async function searchPath({ client }: Reading): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ schemas: string[] }>(
    'select current_schemas(false)::text[] as schemas',
  );
  return new Set(rows[0]?.schemas);
}

/** One suggestion for each index; one that another begins with is part of that. */
function gathered(found: readonly Found[]): WorkloadSuggestion[] {
  const byIndex = new Map<string, Found[]>();
  for (const one of found) {
    const whole = found.find(({ index }) => isBeginningOf(one.index, index)) ?? one;
    byIndex.set(whole.index.ddl, [...(byIndex.get(whole.index.ddl) ?? []), one]);
  }
  return [...byIndex]
    .map(([ddl, all]) => suggestionOf(ddl, all))
    .sort((a, b) => (b.savedMs ?? 0) - (a.savedMs ?? 0));
}

function isBeginningOf(one: IndexSuggestion, other: IndexSuggestion): boolean {
  return one.ddl !== other.ddl && other.ddl.startsWith(one.ddl.replace(/\);$/, ', '));
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
