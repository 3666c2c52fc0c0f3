import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Audience } from '../../auth/visible-schema.js';
import type { RequestContext } from '../../graphql/request-context.js';
import type { Exchange } from '../answers/exchange.js';
import { writeExecuted } from '../answers/write-executed.js';
import { abortOnDisconnect } from '../overload/client-disconnect.js';
import { apolloRequest } from '../requests/apollo-request.js';
import { documentTextOf, type GraphqlRequest } from '../requests/graphql-request.js';
import type { GraphqlHandlerOptions } from './options.js';

/**
 * Has Apollo execute a request: for operators and for everybody else different servers, over different schemas.
 * @throws GatewayError when the document is refused
 */
export async function execute<Context extends RequestContext>(
  exchange: Exchange,
  options: GraphqlHandlerOptions<Context>,
  parsed: GraphqlRequest,
): Promise<void> {
  const { graphql, limits } = options;
  const { request, viewer } = exchange;
  const audience: Audience = viewer.kind === 'operator' ? 'operator' : 'public';
  const text = documentTextOf(parsed, graphql.persisted[audience]);
  const fault = text === null ? null : limits?.guard.check(text, viewer.kind);
  if (fault) throw fault;
  // Apollo reads the document once more; others get their turn in between.
  await nextTurn();
  if (exchange.response.destroyed) return;
  const executed = await graphql.servers[audience].executeHTTPGraphQLRequest({
    httpGraphQLRequest: apolloRequest(request, parsed, text),
    context: () => graphql.contextFor(contextOf(exchange, options)),
  });
  await writeExecuted(exchange, options, executed);
}

function contextOf<Context extends RequestContext>(
  { request, response, requestId, viewer }: Exchange,
  { limits, log, requestLimitMs }: GraphqlHandlerOptions<Context>,
): RequestContext {
  const { rate, clients } = limits ?? {};
  return {
    viewer,
    requestId,
    // What operators ask for may take its time.
    signal: abortOnDisconnect(response, viewer.kind === 'operator' ? null : (requestLimitMs ?? null)),
    log: log.child({ requestId }),
    client: clients?.ofViewer(viewer, request),
    spend: rate ? (units) => rate.spend(rate.ofViewer(viewer, request), units) : undefined,
  };
}
