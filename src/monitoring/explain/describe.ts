import type { IndexSuggestion } from '../advice/type.js';
import type { Examined } from './explaining-reader.js';
import type { Explained } from './plan.js';
import type { ExplainedStatement, PlanBuffers } from './type.js';

/** The results of examining one statement. */
export interface Examination {
  /** Null unless selected. */
  readonly text: string | null;
  readonly json: Explained;
  readonly suggestions: readonly IndexSuggestion[];
}

export function describeStatement({ statement, rows, result }: Examined<Examination>): ExplainedStatement {
  const { text, json, suggestions } = result;
  const executionTimeMs = json['Execution Time'] ?? null;
  return {
    name: statement.name,
    sql: statement.sql,
    plan: text ?? '',
    planJson: json,
    totalCost: json.Plan['Total Cost'],
    executionTimeMs,
    rows,
    estimatedRows: json.Plan['Plan Rows'],
    buffers: executionTimeMs === null ? null : buffersOf(json),
    indexSuggestions: [...suggestions],
  };
}

/** The root node's counters include those of all nodes below it. */
function buffersOf({ Plan: plan }: Explained): PlanBuffers {
  return {
    sharedHit: plan['Shared Hit Blocks'] ?? 0,
    sharedRead: plan['Shared Read Blocks'] ?? 0,
    sharedDirtied: plan['Shared Dirtied Blocks'] ?? 0,
    sharedWritten: plan['Shared Written Blocks'] ?? 0,
    tempRead: plan['Temp Read Blocks'] ?? 0,
    tempWritten: plan['Temp Written Blocks'] ?? 0,
  };
}
