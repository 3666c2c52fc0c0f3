import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorCodes, type FastifyPluginAsync, type FastifyReply, type FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { Audience } from '../../auth/visible-schema.js';
import { errorTable, isErrorCode } from '../../errors.js';
import type { Graphql } from '../../graphql/apollo/create-graphql.js';
import { withRequestId } from '../../graphql/apollo/error-plugin.js';
import type { RequestContext } from '../../graphql/request-context.js';
import { retryAfterSeconds } from '../../graphql/retry-after.js';
import { graphqlVary, varyWith } from '../answers/answer-headers.js';
import { forcesPreflight, unitsOf } from '../answers/quick-path.js';
import { type Refusing, refuse } from '../answers/refuse.js';
import type { SharedAnswers } from '../answers/shared-answers.js';
import { writeAnswer, writeFailure } from '../answers/write-answer.js';
import { noteRefusal } from '../logs/count-requests.js';
import { abortOnDisconnect, onDisconnect } from '../overload/client-disconnect.js';
import { requestUnits } from '../overload/rate-gate.js';
import type { RequestLimits } from '../overload/request-limits.js';
import type { Workload } from '../overload/workload.js';
import { apolloRequest } from '../requests/apollo-request.js';
import { atMost } from '../requests/body-limit.js';
import { documentTextOf, type GraphqlRequest, readBody, readUrl } from '../requests/graphql-request.js';
import { contentTypeFor } from '../requests/negotiation.js';
import { readOrReuse, receivedBody, replayedBody } from '../requests/received.js';
import { graphqlPath } from '../requests/request-target.js';

export interface GraphqlRouteOptions<Context extends RequestContext> {
  readonly graphql: Graphql<Context>;
  /** Where answers come from that everybody may see; without it everything is executed. */
  readonly answers?: SharedAnswers | undefined;
  readonly refusing: Refusing;
  readonly workload: Workload;
  /** How long a request of the public may take, in milliseconds; for ever unless said. */
  readonly requestLimitMs?: number | undefined;
  readonly limits?: RequestLimits | undefined;
}

/**
 * `/graphql`. A request is read once; what was read is guarded, answered from the shared answers where everybody gets
 * the same answer, and otherwise handed to Apollo: for operators and for everybody else to different servers, over
 * different schemas.
 */
export function graphqlRoutes<Context extends RequestContext>(
  options: GraphqlRouteOptions<Context>,
): FastifyPluginAsync {
  const { graphql, answers, limits, workload, refusing, requestLimitMs = null } = options;
  const rate = limits?.rate ?? null;

  const contextOf = (request: FastifyRequest, reply: FastifyReply) =>
    graphql.contextFor({
      viewer: request.viewer,
      requestId: request.id,
      // What operators ask for may take its time.
      signal: abortOnDisconnect(reply.raw, request.viewer.kind === 'operator' ? null : requestLimitMs),
      log: request.log,
      client: limits?.clients.ofViewer(request.viewer, request.raw),
      spend: rate ? (units) => rate.spend(rate.ofViewer(request.viewer, request.raw), units) : undefined,
    });

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { viewer, raw } = request;
    const asked = readOrReuse(raw, () => readRequest(request));
    if (answers && (await answerShared(answers, refusing, limits, asked, request, reply))) return reply;
    rate?.spend(rate.ofViewer(viewer, raw), requestUnits.read);
    const audience: Audience = viewer.kind === 'operator' ? 'operator' : 'public';
    const text = documentTextOf(asked, graphql.persisted[audience]);
    const fault = text === null ? null : limits?.guard.check(text, viewer.kind);
    if (fault) throw fault;
    // Apollo reads the document once more; others get their turn in between.
    await nextTurn();
    const { status, headers, body } = await graphql.servers[audience].executeHTTPGraphQLRequest({
      httpGraphQLRequest: apolloRequest(raw, asked, text),
      context: () => contextOf(request, reply),
    });
    reply.code(status ?? 200).headers(Object.fromEntries(headers));
    if (body.kind === 'chunked') return reply.send(Readable.from(body.asyncIterator));
    return reply.statusCode >= 400 ? completed(body.string, request, reply) : body.string;
  };

  return async (app) => {
    app.removeContentTypeParser('application/json');
    // The bytes are read as a GraphQL request by the handler.
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    app.route({
      method: ['GET', 'POST'],
      url: graphqlPath,
      exposeHeadRoute: false,
      async onRequest(request, reply) {
        reply.header('vary', varyWith(reply, graphqlVary));
        await request.server.authenticate(request);
      },
      async preParsing({ raw, headers, viewer }, _reply, payload) {
        const body = replayedBody(raw) ?? payload;
        return limits ? atMost(limits.tiers[viewer.kind].bodyBytes, body as Readable, headers) : body;
      },
      async handler(request, reply) {
        const done = workload.enter(request.raw);
        if (!done) {
          reply.hijack();
          // The framework writes the line of the log.
          refuse(request.raw, reply.raw, { ...refusing, logEarly: () => {} });
          workload.refused();
          return reply;
        }
        try {
          return await answer(request, reply);
        } finally {
          done();
        }
      },
    });
  };
}

/** @throws GatewayError when it is no GraphQL request, or a FastifyError when its body is not in UTF-8 */
function readRequest({ method, headers, raw, body }: FastifyRequest): GraphqlRequest {
  if (method === 'GET') return readUrl(raw.url as string);
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (!/^(utf-?8|us-ascii)$/i.test(charset)) throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE();
  return readBody(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
}

/** Answers a request that everybody gets the same answer to; false when it is none. */
async function answerShared(
  answers: SharedAnswers,
  { isDraining, headersOf }: Refusing,
  limits: RequestLimits | undefined,
  asked: GraphqlRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const contentType = contentTypeFor(request.headers.accept);
  const place = request.method === 'GET' ? 'url' : 'body';
  if (!contentType || (place === 'url' && !forcesPreflight(request.raw))) return false;
  const raw = place === 'url' ? request.raw.url : receivedBody(request.raw)?.toString('latin1');
  const understood = answers.understand(asked, place, raw ?? null);
  if (!understood) return false;
  limits?.rate?.spend(limits.rate.ofViewer(request.viewer, request.raw), unitsOf(answers, understood));
  const served = await answers.cache.ask(
    understood.question,
    (leave) => onDisconnect(reply.raw, leave),
    limits?.clients.ofViewer(request.viewer, request.raw),
  );
  const exchange = {
    request: request.raw,
    response: reply.raw,
    requestId: request.id,
    log: request.log,
    contentType,
    wantsFreshness: understood.wantsFreshness,
    cost: understood.cost,
    isPrivate: request.viewer.kind !== 'public',
    isLast: isDraining(),
    headersOf,
  };
  reply.hijack();
  if (served.kind === 'failure') writeFailure(answers, served.failure, exchange);
  else writeAnswer(answers, served, exchange);
  return true;
}

/**
 * Completes what Apollo refused without an operation's plugins: the request's id, and the status of the error table
 * where Apollo knows none but 500.
 */
function completed(body: string, request: FastifyRequest, reply: FastifyReply): string {
  const { errors = [], ...rest } = JSON.parse(body) as FormattedAnswer;
  const code = errors[0]?.extensions?.code;
  if (isErrorCode(code)) noteRefusal(request, code);
  if (code === 'UNAVAILABLE') reply.header('retry-after', retryAfterSeconds);
  if (reply.statusCode === 500 && isErrorCode(code)) reply.code(errorTable[code].status);
  if (reply.statusCode === 401) reply.header('www-authenticate', 'Bearer');
  return JSON.stringify({ errors: errors.map((error) => withRequestId(error, request.id)), ...rest });
}

interface FormattedAnswer {
  readonly errors?: readonly GraphQLFormattedError[];
}
