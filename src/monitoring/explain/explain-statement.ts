import { CompiledQuery } from 'kysely';
import type { Reader } from '../../database/reader/reader.js';
import type { Explained } from './plan.js';

/** A statement with its bound parameters. */
export interface Statement {
  readonly name: string;
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** The plan in EXPLAIN's text format. */
export async function explainAsText(
  reader: Reader,
  { sql, parameters }: Statement,
  analyze: boolean,
): Promise<string> {
  const options = analyze ? 'analyze, buffers, settings' : 'settings';
  const lines = await reader.read<{ 'QUERY PLAN': string }>(
    'explain',
    explaining(`explain (${options}) ${sql}`, parameters),
  );
  return lines.map((line) => line['QUERY PLAN']).join('\n');
}

/** The plan in EXPLAIN's JSON format; VERBOSE adds schema and table names. */
export async function explainAsJson(
  reader: Reader,
  { sql, parameters }: Pick<Statement, 'sql' | 'parameters'>,
  analyze: boolean,
): Promise<Explained> {
  const options = `${analyze ? 'analyze, buffers, ' : ''}settings, verbose, format json`;
  const [row] = await reader.read<{ 'QUERY PLAN': readonly Explained[] }>(
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
