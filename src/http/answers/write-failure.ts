import { presentErrors } from '../../graphql/apollo/error-plugin.js';
import type { FailedExecution } from '../../graphql/execution/shared-run.js';
import { isUnavailable, retryAfterSeconds } from '../../graphql/retry-after.js';
import { type Answering, type Exchange, write } from './exchange.js';
import type { SharedAnswers } from './shared-answers.js';

/** Writes the outcome of an execution that has errors in it; no cache may keep it. */
export function writeFailure(
  exchange: Exchange,
  answering: Answering,
  answers: SharedAnswers,
  failure: FailedExecution,
): void {
  const { requestId } = exchange;
  answers.refused(failure.errors);
  const errors = presentErrors(failure.errors, answering.log.child({ requestId }), requestId);
  const headers = ['x-cache', 'miss'];
  if (isUnavailable({ data: failure.data, errors })) headers.push('retry-after', retryAfterSeconds);
  const body = JSON.stringify({ errors, data: failure.data });
  write(exchange, answering, { status: 200, headers, body });
}
