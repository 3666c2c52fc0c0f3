import { nodesOf, type PlanNode } from '../../explain/plan.js';
import { type Condition, conditionsOf, joinConditionsOf } from './condition.js';
import type { ColumnReference } from './expression.js';
import { type SortStep, sortStepsOf } from './sort-step.js';

/** How a plan reads one table, and how an index could help. */
export interface Need {
  readonly schema: string;
  readonly relation: string;
  /** The alias of the scan. */
  readonly alias: string;
  /** The alias of the table in the statement: that of the partitioned table where a partition is scanned. */
  readonly tableAlias: string;
  /** Expected number of rows, over all parallel workers. */
  readonly rows: number;
  /** Whether it is a sequential scan. */
  readonly isWholeScan: boolean;
  /** Whether the scan filters out rows it has read. */
  readonly hasFilter: boolean;
  readonly conditions: readonly Condition[];
  /** Columns joined with other tables. */
  readonly joins: readonly ColumnReference[];
  /** The sort order, if all sort columns belong to this table. */
  readonly sort: readonly SortStep[] | null;
  /** Whether a LIMIT applies to that order. */
  readonly isLimited: boolean;
  /** A column of which only the minimum or maximum is needed. */
  readonly extreme: ColumnReference | null;
}

/** Nodes through which a LIMIT above still applies to a sort below. */
const transparent = new Set([
  'Gather',
  'Gather Merge',
  'Result',
  'Subquery Scan',
  'LockRows',
  'Append',
  'Merge Append',
]);

/** The needs of all tables that a plan scans. */
export function needsOf(plan: PlanNode): Need[] {
  const needs = new Map<string, Need>();
  collectScans(plan, { workers: 1, isMember: false }, needs);
  const aliases = new Set([...nodesOf(plan)].map((node) => node.Alias));
  const update = (alias: string, change: (need: Need) => Partial<Need>) => {
    // A partitioned table is not scanned itself; its alias stands for all of its partitions.
    const isMeant = (need: Need) => (aliases.has(alias) ? need.alias : need.tableAlias) === alias;
    for (const need of needs.values()) if (isMeant(need)) needs.set(need.alias, { ...need, ...change(need) });
  };
  collectSorts(plan, false, (steps, isLimited) => {
    const [first] = steps;
    if (first && steps.every((step) => step.alias === first.alias))
      update(first.alias, (need) => (need.isLimited ? {} : { sort: steps, isLimited }));
  });
  for (const node of nodesOf(plan)) {
    for (const { left, right } of ['Hash Cond', 'Merge Cond', 'Join Filter'].flatMap((key) =>
      joinConditionsOf(node[key as 'Hash Cond']),
    ))
      for (const side of [left, right]) update(side.alias, (need) => ({ joins: [...need.joins, side] }));
    const extreme = extremeOf(node, [...needs.keys()]);
    if (extreme) update(extreme.alias, () => ({ extreme }));
  }
  return [...needs.values()];
}

/** What the nodes above one say about it. */
interface Surroundings {
  /** Processes that share the work. */
  readonly workers: number;
  /** Whether it is below a node that reads the partitions of a table. */
  readonly isMember: boolean;
}

function collectScans(node: PlanNode, { workers, isMember }: Surroundings, needs: Map<string, Need>): void {
  const { 'Relation Name': relation, Schema: schema, Alias: alias } = node;
  if (relation && schema && alias) {
    const conditions = [node.Filter, node['Index Cond'], node['Recheck Cond']].flatMap(conditionsOf);
    needs.set(alias, {
      schema,
      relation,
      alias,
      // PostgreSQL numbers the aliases of partitions: those of `plays` are `plays_1`, `plays_2` and so on.
      tableAlias: isMember ? alias.replace(/_\d+$/, '') : alias,
      rows: node['Plan Rows'] * (node['Parallel Aware'] ? workers : 1),
      isWholeScan: node['Node Type'] === 'Seq Scan',
      hasFilter: node.Filter !== undefined,
      conditions: conditions.filter((condition) => condition.alias === alias),
      joins: [],
      sort: null,
      isLimited: false,
      extreme: null,
    });
  }
  const planned = node['Workers Planned'];
  // The leader participates too, less with more workers (as the planner assumes).
  const below = {
    workers: planned ? planned + Math.max(0, 1 - 0.3 * planned) : workers,
    isMember: isMember || node['Node Type'] === 'Append' || node['Node Type'] === 'Merge Append',
  };
  for (const child of node.Plans ?? []) collectScans(child, below, needs);
}

function collectSorts(
  node: PlanNode,
  isLimited: boolean,
  found: (steps: readonly SortStep[], isLimited: boolean) => void,
): void {
  if (node['Node Type'] === 'Sort' || node['Node Type'] === 'Incremental Sort') {
    const steps = sortStepsOf(node['Sort Key']);
    if (steps) found(steps, isLimited);
  }
  const isBelowLimit = node['Node Type'] === 'Limit' || (isLimited && transparent.has(node['Node Type']));
  for (const child of node.Plans ?? []) collectSorts(child, isBelowLimit, found);
}

/**
 * The column of a plain `min` or `max` aggregate, such as `max(plays.played_at)`. With a single table, EXPLAIN omits the
 * table name.
 */
function extremeOf(node: PlanNode, aliases: readonly string[]): ColumnReference | null {
  if (node['Node Type'] !== 'Aggregate' || node.Strategy !== 'Plain') return null;
  const ends = (node.Output ?? []).map(
    (output) => /^\(?(?:PARTIAL )?(?:min|max)\((.+?)\)\)?$/.exec(output)?.[1],
  );
  const [end] = ends;
  if (!end || ends.some((each) => each !== end)) return null;
  const [only] = aliases.length === 1 ? aliases : [];
  const key = only && !end.includes('.') ? `"${only.replaceAll('"', '""')}".${end}` : end;
  return sortStepsOf([key])?.[0] ?? null;
}
