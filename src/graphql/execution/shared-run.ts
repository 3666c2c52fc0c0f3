import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Outcome, Question } from '../../cache/question.js';
import { composedKey } from '../../composed-key.js';
import type { Asker } from '../../database/execution/asker.js';
import type { Cancellation } from '../../database/resilience/cancellation.js';
import { type CostLimits, costFault } from '../../limits/cost/cost-limit.js';
import { textBytes } from '../../memory.js';
import type { Reading } from '../../views/reading.js';
import { shownCodeOf } from '../apollo/mask-error.js';
import type { SharedOperation, SharedVariables } from '../documents/shared-operation.js';

/** A result with errors; it goes to the waiting clients and is never cached. */
export interface FailedExecution {
  readonly data: ExecutionResult['data'];
  readonly errors: readonly GraphQLError[];
}

export interface SharedQuestion extends Question<FailedExecution> {
  /** What its operation costs with its variables, in units. */
  readonly cost: number;
  readonly operationName: string | null;
}

/** A context for an execution that nobody in particular has asked for, and what it will have read. */
export type SharedContext = (
  signal: Cancellation,
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
    operationName: operation.name,
    key: composedKey(JSON.stringify(coerced), operation.key),
    ...runnable(operation, { given: operation.declared(variables), coerced }, createContext),
  };
}

/** Variables whose JSON is longer are not kept as values. */
const maxKeptLength = 256;
/** Memory of variables as values, given and coerced, in bytes for each character of their JSON. */
const bytesPerCharacter = 80;

/**
 * Separate function so that the closure captures nothing of the request but the variables. Long ones are captured as JSON,
 * because as values they take many times the memory; only a run in the same turn of the event loop, as the first one is,
 * gets them as they are.
 */
function runnable(
  operation: SharedOperation,
  variables: SharedVariables,
  createContext: SharedContext,
): Pick<SharedQuestion, 'retainedBytes' | 'run'> {
  const { reopen } = operation;
  const json = JSON.stringify(variables.given);
  const isKept = json.length <= maxKeptLength;
  let values: SharedVariables | null = variables;
  if (!isKept)
    queueMicrotask(() => {
      values = null;
    });
  return {
    retainedBytes: textBytes(json) + (isKept ? bytesPerCharacter * json.length : 0),
    run(signal, asker) {
      const again = reopen();
      return runShared(again, values ?? revive(again, json), createContext(signal, asker));
    },
  };
}

function revive(operation: SharedOperation, json: string): SharedVariables {
  const given = JSON.parse(json) as Record<string, unknown>;
  // They fitted when the question was made.
  return { given, coerced: operation.coerce(given) as Record<string, unknown> };
}

async function runShared(
  operation: SharedOperation,
  { given, coerced }: SharedVariables,
  { context, reading }: ReturnType<SharedContext>,
): Promise<Outcome<FailedExecution>> {
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
    sources: reading.sources,
  };
}
