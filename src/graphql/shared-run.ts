import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Outcome, Question } from '../cache/response-cache.js';
import type { Reading } from '../views/reading.js';
import { shownCodeOf } from './mask-error.js';
import type { SharedOperation, SharedVariables } from './shared-operations.js';

/** An answer that has errors in it; it is for whoever asked, and never kept. */
export interface FailedExecution {
  readonly data: ExecutionResult['data'];
  readonly errors: readonly GraphQLError[];
}

export type SharedQuestion = Question<FailedExecution>;

/** A context for an execution that nobody in particular has asked for, and what it will have read. */
export type SharedContext = () => { readonly context: unknown; readonly reading: Reading };

const awayCodes = new Set(['UNAVAILABLE', 'TIMEOUT']);

/**
 * Makes a question of an operation and its variables: the same operation with the same values is the same question,
 * in whichever order they were written and whether defaults were spelled out or not. Null when the variables do not fit.
 */
export function askShared(
  operation: SharedOperation,
  variables: Readonly<Record<string, unknown>>,
  createContext: SharedContext,
): SharedQuestion | null {
  const coerced = operation.coerce(variables);
  if (!coerced) return null;
  return {
    key: `${JSON.stringify(coerced, plain)}\n${operation.key}`,
    run: () => runShared(operation, { given: variables, coerced }, createContext),
  };
}

async function runShared(
  operation: SharedOperation,
  variables: SharedVariables,
  createContext: SharedContext,
): Promise<Outcome<FailedExecution>> {
  const { context, reading } = createContext();
  const { data = null, errors } = await operation.execute(context, variables);
  if (errors?.length)
    return {
      kind: 'failure',
      failure: { data, errors },
      isAway: errors.some((error) => awayCodes.has(shownCodeOf(error))),
    };
  const [generation = null] = reading.generations;
  return {
    kind: 'answer',
    text: JSON.stringify({ data }),
    generation,
    isUncertain: reading.generations.size > 1 || reading.isSilent(),
    views: reading.views,
  };
}

/** JSON has no large integers; a text cannot be mistaken for them, because a coerced value is never both. */
function plain(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
