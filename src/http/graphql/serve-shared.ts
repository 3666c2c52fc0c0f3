import { GatewayError } from '../../errors.js';
import { shownCodeOf } from '../../graphql/apollo/mask-error.js';
import type { FailedExecution } from '../../graphql/execution/shared-run.js';
import type { Answering, Exchange } from '../answers/exchange.js';
import type { RecognisedRequest, SharedAnswers } from '../answers/shared-answers.js';
import { writeFailure } from '../answers/write-failure.js';
import { writeKept } from '../answers/write-kept.js';
import { onDisconnect } from '../overload/client-disconnect.js';

/**
 * Answers a question that everybody gets the same answer to: from the cache, or by the one execution for all who wait
 * for it. `client` is whose share of the connections an execution uses. On UNAUTHENTICATED,
 * `executeForViewer` executes it again as the signed-in viewer.
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
  const outcome = await answers.cache
    .ask(recognised.question, (leave) => onDisconnect(response, leave), client)
    .catch((error: unknown) => ({ kind: 'failure', failure: failureOf(error) }) as const);
  if (response.destroyed) return;
  if (outcome.kind === 'failure' && executeForViewer && isRefusal(outcome.failure)) await executeForViewer();
  else if (outcome.kind === 'failure') writeFailure(exchange, answering, answers, outcome.failure);
  else await writeKept(exchange, answering, answers, outcome, recognised);
}

function isRefusal({ errors }: Pick<FailedExecution, 'errors'>): boolean {
  return errors.some((error) => shownCodeOf(error) === 'UNAUTHENTICATED');
}

function failureOf(error: unknown) {
  const shown =
    error instanceof GatewayError ? error : new GatewayError('INTERNAL_SERVER_ERROR', undefined, error);
  return { data: null, errors: [shown] };
}
