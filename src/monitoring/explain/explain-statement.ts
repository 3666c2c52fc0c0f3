import { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.js';
import { run } from '../../database/execution/query.js';
import type { Explained } from './plan.js';

/** A statement with its bound parameters. */
export interface Statement {
  readonly name: string;
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** The plan in EXPLAIN's text format. */
export async function explainAsText(
  database: Database,
  { sql, parameters }: Statement,
  analyze: boolean,
): Promise<string> {
  const options = analyze ? 'analyze, buffers, settings' : 'settings';
  const lines = await run<{ 'QUERY PLAN': string }>(
    database,
    'explain',
    explaining(`explain (${options}) ${sql}`, parameters),
  );
  return lines.map((line) => line['QUERY PLAN']).join('\n');
}

/** The plan in EXPLAIN's JSON format; VERBOSE adds schema and table names. */
export async function explainAsJson(
  database: Database,
  { sql, parameters }: Pick<Statement, 'sql' | 'parameters'>,
  analyze: boolean,
): Promise<Explained> {
  const options = `${analyze ? 'analyze, buffers, ' : ''}settings, verbose, format json`;
  const [row] = await run<{ 'QUERY PLAN': readonly Explained[] }>(
    database,
    'explain',
    explaining(`explain (${options}) ${sql}`, parameters),
  );
  const plan = row?.['QUERY PLAN'][0];
  if (!plan) throw new Error('Expected a plan from EXPLAIN, got nothing.');
  return plan;
}

/** Parameters stay bound, so the planner sees the values but the text does not contain them. */
function explaining<Row>(text: string, parameters: readonly unknown[]) {
  return { compile: () => CompiledQuery.raw(text, [...parameters]) as CompiledQuery<Row> };
}
