import type { HTTPGraphQLResponse } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { errorTable, isErrorCode } from '../../errors.js';
import { withRequestId } from '../../graphql/apollo/error-plugin.js';
import { type Answering, type Exchange, write } from './exchange.js';
import { faultHeaders } from './write-fault.js';

/** Headers of Apollo's that every answer has anyway. */
const ownHeaders: ReadonlySet<string> = new Set(['cache-control', 'content-length', 'content-type']);

/**
 * Writes what Apollo answers. What it refused without an operation's plugins lacks the request's id, and the status of
 * the error table where Apollo knows none but 500.
 */
export async function writeExecuted(
  exchange: Exchange,
  answering: Answering,
  { status = 200, headers: given, body: made }: HTTPGraphQLResponse,
): Promise<void> {
  const { response, requestId } = exchange;
  const text = await textOf(made);
  if (response.destroyed) return;
  const headers = [...given].filter(([name]) => !ownHeaders.has(name)).flat();
  const contentType = given.get('content-type');
  if (status < 400) {
    write(exchange, answering, { status, headers, contentType, body: text });
    return;
  }
  const { errors = [], ...rest } = JSON.parse(text) as FormattedAnswer;
  const code = errors[0]?.extensions?.code;
  const fault = isErrorCode(code)
    ? { code, status: status === 500 ? errorTable[code].status : status }
    : null;
  if (fault) answering.metrics?.rejected(fault.code);
  write(exchange, answering, {
    status: fault?.status ?? status,
    headers: [...headers, ...(fault && !given.has('retry-after') ? faultHeaders(fault) : [])],
    contentType,
    body: JSON.stringify({ errors: errors.map((error) => withRequestId(error, requestId)), ...rest }),
  });
}

interface FormattedAnswer {
  readonly errors?: readonly GraphQLFormattedError[];
}

async function textOf(body: HTTPGraphQLResponse['body']): Promise<string> {
  if (body.kind === 'complete') return body.string;
  let text = '';
  for await (const chunk of body.asyncIterator) text += chunk;
  return text;
}
