import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { GatewayError } from '../../errors.js';
import { RateLimited } from '../../limits/rate/rate-limited.js';
import { onDisconnect } from '../overload/client-disconnect.js';
import { type RateGate, requestUnits } from '../overload/rate-gate.js';
import type { Workload } from '../overload/workload.js';
import type { ClientNames } from '../requests/client-names.js';
import { type GraphqlRequest, readBody, readUrl } from '../requests/graphql-request.js';
import { contentTypeFor } from '../requests/negotiation.js';
import { attempt, storeReceived } from '../requests/received.js';
import { requestIdOf } from '../requests/request-id.js';
import { graphqlPath } from '../requests/request-target.js';
import { type Refusing, refuse, refuseRate } from './refuse.js';
import type { Place, RecognisedRequest, SharedAnswers } from './shared-answers.js';
import { type Exchange, writeAnswer, writeFailure } from './write-answer.js';

export interface QuickPathOptions extends Refusing {
  readonly answers: SharedAnswers;
  readonly workload: Workload;
  /** Says who has asked for too much; nobody has unless said. */
  readonly rate?: RateGate | null | undefined;
  /** Names who asks, for their share of the connections; nobody has one unless said. */
  readonly clients?: ClientNames | undefined;
  /** Told of each request that was refused for that. */
  readonly onRateLimited?: (() => void) | undefined;
  /** The longest body that the public may send, in bytes. */
  readonly maxBodyBytes?: number | undefined;
  readonly log: Logger;
  /** Told of each request that was answered here. */
  readonly onAnswered?: ((status: number, durationMs: number) => void) | undefined;
}

/** Longer bodies skip the quick path. */
const maxPollBytes = 16_384;

/** Whether the quick path may answer a GET by its URL. */
export function readsUrlQuickly(request: IncomingMessage): boolean {
  return request.method === 'GET' && isPublic(request) && forcesPreflight(request);
}

/** Whether the quick path may answer a POST by its body, which is short and JSON. */
export function readsBodyQuickly(request: IncomingMessage, options: QuickPathOptions): boolean {
  const { headers, method, url } = request;
  if (method !== 'POST' || url !== graphqlPath || !isPublic(request)) return false;
  if (headers['content-encoding'] !== undefined || !isJson(headers['content-type'])) return false;
  const length = Number(headers['content-length'] ?? Number.NaN);
  return length <= Math.min(maxPollBytes, options.maxBodyBytes ?? maxPollBytes);
}

/**
 * Answers what everybody gets the same answer to. True when a response was or will be written, 429 and 503 included; false
 * when the framework has to handle the request. `body` is the whole body; null for a GET.
 */
export function answerQuickly(
  place: Place,
  body: Buffer | null,
  request: IncomingMessage,
  response: Exchange['response'],
  options: QuickPathOptions,
): boolean {
  const { answers, headersOf, isDraining, log, logEarly, onAnswered, workload } = options;
  const contentType = contentTypeFor(request.headers.accept);
  if (!contentType) {
    storeReceived(request, { body, outcome: null });
    return false;
  }
  // latin1 maps bytes to characters one to one, so equal keys are equal bytes.
  const raw = body ? body.toString('latin1') : (request.url as string);
  const recalled = answers.recognise(place, raw);
  const answer = recalled && answers.cache.peek(recalled.question.key);
  // Answers that are cached or being read already take up no place among requests that are worked on.
  const isWork = !answer && !(recalled && answers.cache.isRunning(recalled.question.key));
  if (recalled) {
    const units = isWork ? Math.max(requestUnits.read, recalled.question.cost) : requestUnits.kept;
    if (!isWithinRate(units, request, response, options)) return true;
  }
  if (isWork && !workload.hasRoom(request)) return refuseOverloaded(request, response, options);
  const outcome = recalled ? null : attempt(() => (body ? readBody(body) : readUrl(raw)));
  const understood = recalled ?? understand(answers, outcome, place, raw);
  if (!understood) {
    // The framework says what is wrong with it, and need not read it again.
    storeReceived(request, { body, outcome });
    return false;
  }
  if (!recalled && !isWithinRate(unitsOf(answers, understood), request, response, options)) return true;
  const start = performance.now();
  const requestId = requestIdOf(request);
  const answered = () => {
    const status = response.statusCode;
    const durationMs = performance.now() - start;
    onAnswered?.(status, durationMs);
    logEarly({ requestId, method: request.method, route: graphqlPath, status, durationMs, viewer: 'public' });
  };
  let exchange: Exchange = {
    request,
    response,
    requestId,
    log,
    contentType,
    wantsFreshness: understood.wantsFreshness,
    cost: understood.cost,
    isPrivate: false,
    isLast: isDraining(),
    headersOf,
  };
  if (answer) {
    const written = writeAnswer(answers, { kind: 'hit', answer }, exchange);
    if (written) void written.then(answered);
    else answered();
    return true;
  }
  const done = isWork ? workload.enter(request) : null;
  if (isWork && !done) return refuseOverloaded(request, response, options);
  answers.cache
    .ask(understood.question, (leave) => onDisconnect(response, leave), options.clients?.ofNetwork(request))
    .finally(() => done?.())
    .then(
      (served) => {
        // The client disconnected.
        if (response.destroyed) return;
        if (isDraining()) exchange = { ...exchange, isLast: true };
        if (served.kind === 'failure') writeFailure(answers, served.failure, withLog(exchange));
        else {
          const written = writeAnswer(answers, served, exchange);
          if (written) return written.then(answered);
        }
        answered();
      },
      (error: unknown) => {
        if (response.destroyed) return;
        const shown =
          error instanceof GatewayError ? error : new GatewayError('INTERNAL_SERVER_ERROR', undefined, error);
        writeFailure(answers, { data: null, errors: [shown] }, withLog(exchange));
        answered();
      },
    );
  return true;
}

/** The units of a request that was read: the cost of its operation, or the base price if its answer is cached or in flight. */
export function unitsOf({ cache }: SharedAnswers, { question }: RecognisedRequest): number {
  const isWork = !cache.isRunning(question.key) && !cache.peek(question.key);
  return isWork ? Math.max(requestUnits.read, question.cost) : requestUnits.read;
}

/** Takes what a request costs out of the budget of its network; or says that there is not enough in it. */
function isWithinRate(
  units: number,
  request: IncomingMessage,
  response: Exchange['response'],
  options: QuickPathOptions,
): boolean {
  const { rate, onAnswered, onRateLimited } = options;
  if (!rate) return true;
  const excessMs = rate.take(rate.ofNetwork(request), units);
  if (excessMs === 0) return true;
  refuseRate(request, response, options, new RateLimited(excessMs));
  onRateLimited?.();
  onAnswered?.(429, 0);
  return false;
}

/** Says that there is no room for a request. */
function refuseOverloaded(
  request: IncomingMessage,
  response: Exchange['response'],
  options: QuickPathOptions,
): true {
  const { workload, onAnswered } = options;
  refuse(request, response, options);
  workload.refused();
  onAnswered?.(503, 0);
  return true;
}

/** What a request that was read asks for; null when that is nothing that everybody gets the same answer to. */
function understand(
  answers: SharedAnswers,
  outcome: GraphqlRequest | GatewayError | null,
  place: Place,
  raw: string,
): RecognisedRequest | null {
  if (outcome === null || outcome instanceof GatewayError) return null;
  try {
    return answers.understand(outcome, place, raw);
  } catch {
    return null;
  }
}

function withLog(exchange: Exchange): Exchange {
  return { ...exchange, log: (exchange.log as Logger).child({ requestId: exchange.requestId }) };
}

function isPublic({ headers }: IncomingMessage): boolean {
  return headers.authorization === undefined;
}

/**
 * Whether a browser would have had to ask before it sent such a GET from another page. What a page can send without
 * asking is refused further on.
 */
export function forcesPreflight({ headers }: IncomingMessage): boolean {
  const type = headers['content-type'];
  if (type !== undefined) return isJson(type);
  return Boolean(headers['apollo-require-preflight'] || headers['x-apollo-operation-name']);
}

function isJson(type: string | undefined): boolean {
  return type === 'application/json' || /^application\/json\s*(;\s*charset=utf-?8)?$/i.test(type ?? '');
}
