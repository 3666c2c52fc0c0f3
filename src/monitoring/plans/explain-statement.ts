import { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.js';
import { run } from '../../database/query.js';
import type { Explained } from './plan.js';

/** A statement as the gateway runs it: its text, with places for its values, and the values. */
export interface Statement {
  readonly name: string;
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** The plan as people read it. */
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

/** The plan as programs read it; with the schema of every table and the table of every column. */
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

/** The values stay bound, so the planner sees them and the text does not. */
function explaining<Row>(text: string, parameters: readonly unknown[]) {
  return { compile: () => CompiledQuery.raw(text, [...parameters]) as CompiledQuery<Row> };
}
