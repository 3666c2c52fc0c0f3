import type { Served } from '../../cache/question.js';
import { GatewayError } from '../../errors.js';
import { shownCodeOf } from '../../graphql/apollo/mask-error.js';
import type { FailedExecution } from '../../graphql/execution/shared-run.js';
import type { Answering, Exchange } from '../answers/exchange.js';
import { seenGenerationOf } from '../answers/seen-newer.js';
import type { RecognisedRequest, SharedAnswers } from '../answers/shared-answers.js';
import { writeFailure } from '../answers/write-failure.js';
import { writeKept } from '../answers/write-kept.js';
import { onDisconnect } from '../overload/client-disconnect.js';

/**
 * Answers a question that everybody gets the same answer to: from the cache, or by the one execution for all who wait
 * for it. Where another gateway may have shown the client more, the ledger is looked at first. `client` is whose share of
 * the connections an execution uses. On UNAUTHENTICATED, `executeForViewer` executes it again as the signed-in viewer.
 */
export async function serveShared(
  exchange: Exchange,
  answering: Answering,
  answers: SharedAnswers,
  recognised: RecognisedRequest,
  client: string | undefined,
  executeForViewer: (() => Promise<void>) | null = null,
): Promise<void> {
  const { response } = exchange;
  const ask = () =>
    answers.cache
      .ask(recognised.question, (leave) => onDisconnect(response, leave), client)
      .catch((error: unknown) => ({ kind: 'failure', failure: failureOf(error) }) as const);
  let outcome = await ask();
  if (mayBeOlder(exchange, answers, outcome, recognised)) {
    const newest = await answers.cache.confirm();
    outcome = await ask();
    // Where the ledger says less than the client was told, that was before the database was restored.
    const isRestored = newest !== null && newest < (seenGenerationOf(exchange.request.headers) ?? 0);
    if (!isRestored && isOlder(exchange, outcome))
      outcome = { kind: 'failure', failure: failureOf(behind()) };
  }
  if (response.destroyed) return;
  if (outcome.kind === 'failure' && executeForViewer && isRefusal(outcome.failure)) await executeForViewer();
  else if (outcome.kind === 'failure') writeFailure(exchange, answering, answers, outcome.failure);
  else await writeKept(exchange, answering, answers, outcome, recognised);
}

type Outcome = Served<FailedExecution> | { readonly kind: 'failure'; readonly failure: FailedExecution };

/** Whether another gateway may have shown the client a newer refresh. Only what was kept can be older than a tag or a date. */
function mayBeOlder(
  exchange: Exchange,
  answers: SharedAnswers,
  outcome: Outcome,
  recognised: RecognisedRequest,
): boolean {
  return outcome.kind === 'hit'
    ? answers.mayBeOlder(exchange.request.headers, outcome.answer, recognised)
    : isOlder(exchange, outcome);
}

/** Whether the client says that it was told of a newer refresh. */
function isOlder({ request }: Exchange, outcome: Outcome): boolean {
  const seen = seenGenerationOf(request.headers);
  return seen !== null && outcome.kind !== 'failure' && outcome.answer.generation < seen;
}

const behind = () =>
  new GatewayError(
    'UNAVAILABLE',
    'This gateway cannot read the refresh that you have seen; try again shortly.',
  );

function isRefusal({ errors }: Pick<FailedExecution, 'errors'>): boolean {
  return errors.some((error) => shownCodeOf(error) === 'UNAUTHENTICATED');
}

function failureOf(error: unknown) {
  const shown =
    error instanceof GatewayError ? error : new GatewayError('INTERNAL_SERVER_ERROR', undefined, error);
  return { data: null, errors: [shown] };
}
