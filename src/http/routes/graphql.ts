import type { Readable } from 'node:stream';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { Audience } from '../../auth/visible-schema.js';
import { badInput, errorTable, isErrorCode } from '../../errors.js';
import type { Graphql } from '../../graphql/create-graphql.js';
import { withRequestId } from '../../graphql/error-plugin.js';
import type { RequestContext } from '../../graphql/request-context.js';
import { retryAfterSeconds } from '../../graphql/retry-after.js';
import type { DocumentGuard } from '../../limits/document-guard.js';
import { documentTextOf } from '../asked.js';
import { atMost } from '../body-limit.js';
import { untilLeft, whenLeft } from '../client-left.js';
import { noteRefusal } from '../count-requests.js';
import { contentTypeFor } from '../negotiation.js';
import { isPreflighted, readBody, replayed, unitsOf } from '../quick-path.js';
import { type RateGate, requestUnits } from '../rate-gate.js';
import type { RequestLimits } from '../request-limits.js';
import type { SharedAnswers } from '../shared-answers.js';
import { writeAnswer, writeFailure } from '../write-answer.js';

/** Where answers come from that everybody may see, and whether the server is about to stop. */
export interface SharedRoute {
  readonly answers: SharedAnswers;
  readonly isDraining: () => boolean;
}

/**
 * `/graphql`. What everybody gets the same answer to comes from the shared answers; the rest is answered by Apollo,
 * for operators and for everybody else by different servers, over different schemas.
 */
export function graphqlRoutes<Context extends RequestContext>(
  graphql: Graphql<Context>,
  shared: SharedRoute | null,
  requestLimitMs: number | null = null,
  limits: RequestLimits | null = null,
): FastifyPluginAsync {
  return async (app) => {
    const rate = limits?.rate ?? null;
    const context = (request: FastifyRequest, reply: FastifyReply) =>
      graphql.contextFor({
        viewer: request.viewer,
        requestId: request.id,
        // What operators ask for may take its time.
        signal: untilLeft(reply.raw, request.viewer.kind === 'operator' ? null : requestLimitMs),
        log: request.log,
        spend: rate ? (units) => rate.spend(rate.ofViewer(request.viewer, request.raw), units) : undefined,
      });
    // Its own type pins the route's type parameters, for an answer that is a text; any route's handler will do here.
    const handlerFor = (audience: Audience) =>
      fastifyApolloHandler(graphql.servers[audience], { context }) as unknown as RouteHandlerMethod;
    const handlers = { public: handlerFor('public'), operator: handlerFor('operator') };

    app.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      exposeHeadRoute: false,
      onRequest: (request) => authenticateSlowly(rate, request),
      async preParsing({ raw, headers, viewer }, _reply, payload) {
        const body = replayed(raw) ?? payload;
        return limits ? atMost(limits.tiers[viewer.kind].bodyBytes, body as Readable, headers) : body;
      },
      async handler(request, reply) {
        requireHost(request);
        if (shared && (await answerShared(shared, rate, request, reply))) return reply;
        rate?.spend(rate.ofViewer(request.viewer, request.raw), requestUnits.read);
        if (limits) requireDocument(limits.guard, graphql, request);
        const audience: Audience = request.viewer.kind === 'operator' ? 'operator' : 'public';
        const body = await handlers[audience].call(app, request, reply);
        return reply.statusCode >= 400 && typeof body === 'string' ? completed(body, request, reply) : body;
      },
    });
  };
}

/** Finds out who asks. Whoever is wrong about it again and again has to wait. */
async function authenticateSlowly(rate: RateGate | null, request: FastifyRequest): Promise<void> {
  if (!rate || request.headers.authorization === undefined) return request.server.authenticate(request);
  const guesses = rate.ofGuesses(request.raw);
  rate.spend(guesses, 1);
  await request.server.authenticate(request);
  rate.giveBack(guesses, 1);
}

/** @throws GatewayError when the document, or the one whose hash was sent, is refused before it is looked at. */
function requireDocument<Context extends RequestContext>(
  guard: DocumentGuard,
  { persisted }: Graphql<Context>,
  { method, url, body, viewer }: FastifyRequest,
): void {
  const audience: Audience = viewer.kind === 'operator' ? 'operator' : 'public';
  const text = documentTextOf(method === 'GET' ? url : body, persisted[audience]);
  const fault = text === null ? null : guard.check(text, viewer.kind);
  if (fault) throw fault;
}

/** Answers a request that everybody gets the same answer to; false when it is none. */
async function answerShared(
  { answers, isDraining }: SharedRoute,
  rate: RateGate | null,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const contentType = contentTypeFor(request.headers.accept);
  const place = request.method === 'GET' ? 'url' : 'body';
  if (!contentType || (place === 'url' && !isPreflighted(request.raw))) return false;
  const raw = place === 'url' ? request.url : (readBody(request.raw)?.toString() ?? null);
  const understood =
    (raw === null ? undefined : answers.recall(raw)) ??
    answers.understand(place === 'url' ? request.query : request.body, place, raw);
  if (!understood) return false;
  rate?.spend(rate.ofViewer(request.viewer, request.raw), unitsOf(answers, understood));
  const served = await answers.cache.ask(understood.question, (leave) => whenLeft(reply.raw, leave));
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
    headers: reply.getHeaders(),
  };
  reply.hijack();
  if (served.kind === 'failure') writeFailure(answers, served.failure, exchange);
  else writeAnswer(answers, served, exchange);
  return true;
}

/** The handler makes a whole URL of the request, and a host that is none would make it fail. */
function requireHost(request: FastifyRequest): void {
  if (!URL.canParse(`http://${request.hostname}/`))
    throw badInput('The Host header: expected the name of a host, got something else.');
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
