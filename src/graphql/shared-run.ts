import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Outcome, Question } from '../cache/question.js';
import { composedKey } from '../composed-key.js';
import type { Asker } from '../database/asker.js';
import type { Ending } from '../database/ending.js';
import { type CostLimits, costFault } from '../limits/cost-limit.js';
import { textBytes } from '../memory.js';
import type { Reading } from '../views/reading.js';
import { shownCodeOf } from './mask-error.js';
import type { SharedOperation } from './shared-operations.js';

/** An answer that has errors in it; it is for whoever asked, and never kept. */
export interface FailedExecution {
  readonly data: ExecutionResult['data'];
  readonly errors: readonly GraphQLError[];
}

/** `cost` is what its operation costs with its variables, in units. */
export type SharedQuestion = Question<FailedExecution> & { readonly cost: number };

/** A context for an execution that nobody in particular has asked for, and what it will have read. */
export type SharedContext = (
  signal: Ending,
  asker?: Asker,
) => { readonly context: unknown; readonly reading: Reading };

const awayCodes = new Set(['UNAVAILABLE', 'TIMEOUT']);

/**
 * Makes a question of an operation and its variables: the same operation with the same values is the same question,
 * in whichever order they were written and whether defaults were spelled out or not. Null when the variables do not fit,
 * or make it cost more than it may.
 */
export function askShared(
  operation: SharedOperation,
  variables: Readonly<Record<string, unknown>>,
  createContext: SharedContext,
  limits: CostLimits,
): SharedQuestion | null {
  const coerced = operation.coerce(variables);
  if (!coerced) return null;
  const cost = operation.costOf(coerced);
  if (costFault(cost, limits)) return null;
  return {
    cost: cost.requested,
    key: composedKey(JSON.stringify(coerced), operation.key),
    ...runnable(operation.reopen, JSON.stringify(operation.declared(variables)), createContext),
  };
}

/**
 * Separate function so that the closure captures one text and nothing of the request: variables take many times the
 * memory of their JSON, and the operation that was found takes part in the size of its own cache.
 */
function runnable(
  reopen: SharedOperation['reopen'],
  variables: string,
  createContext: SharedContext,
): Pick<SharedQuestion, 'retainedBytes' | 'run'> {
  return {
    retainedBytes: textBytes(variables),
    run: (signal, asker) => runShared(reopen(), JSON.parse(variables), createContext(signal, asker)),
  };
}

async function runShared(
  operation: SharedOperation,
  given: Readonly<Record<string, unknown>>,
  { context, reading }: ReturnType<SharedContext>,
): Promise<Outcome<FailedExecution>> {
  // They were coerced when the question was made.
  const coerced = operation.coerce(given) as Record<string, unknown>;
  const { data, errors } = await operation.write(context, { given, coerced });
  if (errors.length > 0)
    return {
      kind: 'failure',
      failure: { data: JSON.parse(data), errors },
      isAway: errors.some((error) => awayCodes.has(shownCodeOf(error))),
    };
  const [state = null] = reading.states;
  return {
    kind: 'answer',
    text: `{"data":${data}}`,
    state,
    isUncertain: reading.states.size > 1 || reading.isSilent(),
    views: reading.views,
  };
}
