import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { GatewayError } from '../errors.js';
import { RateLimited } from '../limits/rate-limited.js';
import type { Admission } from './admission.js';
import { whenLeft } from './client-left.js';
import { contentTypeFor } from './negotiation.js';
import { type RateGate, requestUnits } from './rate-gate.js';
import { refuse, refuseRate, refusesHeaders } from './refuse.js';
import { requestIdOf } from './request-id.js';
import type { SharedAnswers, Understood } from './shared-answers.js';
import { type Exchange, writeAnswer, writeFailure } from './write-answer.js';

export interface QuickPathOptions {
  readonly answers: SharedAnswers;
  /** Whether browsers may ask from elsewhere, who need headers that are not written here. */
  readonly allowsOtherOrigins: boolean;
  readonly isDraining: () => boolean;
  readonly admission?: Admission | undefined;
  /** Says who has asked for too much; nobody has unless said. */
  readonly rate?: RateGate | null | undefined;
  /** Told of each request that was refused for that. */
  readonly onRateLimited?: (() => void) | undefined;
  /** The longest body that the public may send, in bytes. */
  readonly longestBody?: number | undefined;
  /** Told of each request that there was no room for. */
  readonly onOverload?: (() => void) | undefined;
  readonly log: Logger;
  /** Told of each request that was answered here. */
  readonly onAnswered?: ((status: number, durationMs: number) => void) | undefined;
}

/** Bodies that are longer than this are no polls. */
const longestPoll = 16_384;
/** How often connections are looked for that have taken too long to send a request, in milliseconds. */
const lookAtConnectionsMs = 1_000;
const path = '/graphql';

/** Bodies that were read here, of requests that the framework answers after all. */
const readBodies = new WeakMap<IncomingMessage, Buffer>();

/** The body of a request as far as it was read before the framework saw it. */
export function readBody(request: IncomingMessage): Buffer | null {
  return readBodies.get(request) ?? null;
}

/** The same as a stream that the framework can read once more. */
export function replayed(request: IncomingMessage): Readable | null {
  const body = readBodies.get(request);
  return body ? Readable.from([body], { objectMode: false }) : null;
}

/**
 * A server that answers polls without entering the framework, whose hooks cost more than the whole
 * answer. It takes nothing but requests of the public that everybody gets the same answer to; everything else goes on
 * to `next` as if nothing had happened.
 */
export function quickServer(next: RequestListener, options: QuickPathOptions): Server {
  return createServer({ connectionsCheckingInterval: lookAtConnectionsMs }, (request, response) => {
    if (refusesHeaders(request, response)) return;
    const place = placeOfParameters(request, options);
    if (place === null) {
      if (isAdmitted(request, response, options)) next(request, response);
      return;
    }
    if (place === 'url') {
      if (!answerQuickly(request.url as string, request, response, options)) next(request, response);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      if (answerQuickly(body.toString(), request, response, options)) return;
      readBodies.set(request, body);
      next(request, response);
    });
  });
}

/** Answers what everybody gets the same answer to; false when this is something else. */
function answerQuickly(
  raw: string,
  request: IncomingMessage,
  response: Exchange['response'],
  options: QuickPathOptions,
): boolean {
  const { answers, isDraining, log, onAnswered } = options;
  const contentType = contentTypeFor(request.headers.accept);
  const recalled = answers.recall(raw);
  const answer = recalled && answers.cache.peek(recalled.question.key);
  // What is kept, or being read already, is no more work.
  const isWork = !answer && !(recalled && answers.cache.isRunning(recalled.question.key));
  if (recalled) {
    const units = isWork ? Math.max(requestUnits.read, recalled.question.cost) : requestUnits.kept;
    if (!isWithinRate(units, request, response, options)) return true;
  }
  if (isWork && !isAdmitted(request, response, options)) return true;
  const understood = contentType && (recalled ?? understand(answers, raw, request));
  if (!understood) return false;
  if (!recalled && !isWithinRate(unitsOf(answers, understood), request, response, options)) return true;
  const start = performance.now();
  const answered = () => onAnswered?.(response.statusCode, performance.now() - start);
  let exchange: Exchange = {
    request,
    response,
    requestId: requestIdOf(request),
    log,
    contentType,
    wantsFreshness: understood.wantsFreshness,
    cost: understood.cost,
    isPrivate: false,
    isLast: isDraining(),
  };
  if (answer) {
    writeAnswer(answers, { kind: 'hit', answer }, exchange);
    answered();
    return true;
  }
  answers.cache
    .ask(understood.question, (leave) => whenLeft(response, leave))
    .then(
      (served) => {
        // Nobody is there any more to be answered, and that is no fault of the database to be told of.
        if (response.destroyed) return;
        if (isDraining()) exchange = { ...exchange, isLast: true };
        if (served.kind === 'failure') writeFailure(answers, served.failure, withLog(exchange));
        else writeAnswer(answers, served, exchange);
      },
      (error: unknown) => {
        if (response.destroyed) return;
        const shown =
          error instanceof GatewayError ? error : new GatewayError('INTERNAL_SERVER_ERROR', undefined, error);
        writeFailure(answers, { data: null, errors: [shown] }, withLog(exchange));
      },
    )
    .then(answered);
  return true;
}

/** What is taken for a request that was read: the cost of its operation, unless others have paid for the answer. */
export function unitsOf({ cache }: SharedAnswers, { question }: Understood): number {
  const isWork = !cache.isRunning(question.key) && !cache.peek(question.key);
  return isWork ? Math.max(requestUnits.read, question.cost) : requestUnits.read;
}

/** Takes what a request costs out of the budget of its network; or says that there is not enough in it. */
function isWithinRate(
  units: number,
  request: IncomingMessage,
  response: Exchange['response'],
  { rate, isDraining, onAnswered, onRateLimited }: QuickPathOptions,
): boolean {
  if (!rate) return true;
  const excessMs = rate.take(rate.ofNetwork(request), units);
  if (excessMs === 0) return true;
  refuseRate(request, response, isDraining(), new RateLimited(excessMs));
  onRateLimited?.();
  onAnswered?.(429, 0);
  return false;
}

/** Lets a request in, to be counted until its answer is out; or says that there is no room. */
function isAdmitted(
  request: IncomingMessage,
  response: Exchange['response'],
  { admission, isDraining, onAnswered, onOverload }: QuickPathOptions,
): boolean {
  // Whoever looks after the gateway has to be able to see how it is.
  if (!admission || !request.url?.startsWith(path)) return true;
  const leave = admission.enter(request.headers.authorization !== undefined);
  if (leave) {
    response.once('close', leave);
    return true;
  }
  refuse(request, response, isDraining());
  onOverload?.();
  onAnswered?.(503, 0);
  return false;
}

/** Reads a request that was not asked before; whatever is wrong with it is for the framework to say. */
function understand(answers: SharedAnswers, raw: string, { method }: IncomingMessage): Understood | null {
  try {
    return method === 'GET'
      ? answers.understand(parametersOf(raw), 'url', raw)
      : answers.understand(JSON.parse(raw), 'body', raw);
  } catch {
    return null;
  }
}

/** The query of a URL; null where a name comes twice. */
function parametersOf(url: string): Record<string, string> | null {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(url.slice(url.indexOf('?') + 1))) {
    if (Object.hasOwn(parameters, name)) return null;
    parameters[name] = value;
  }
  return parameters;
}

function withLog(exchange: Exchange): Exchange {
  return { ...exchange, log: (exchange.log as Logger).child({ requestId: exchange.requestId }) };
}

/** Where the parameters of a request stand that may be answered here; null for all others. */
function placeOfParameters(
  request: IncomingMessage,
  { allowsOtherOrigins, longestBody = longestPoll }: QuickPathOptions,
): 'url' | 'body' | null {
  const { headers, method, url = '' } = request;
  if (headers.authorization !== undefined || headers.host === undefined) return null;
  if (allowsOtherOrigins && headers.origin !== undefined) return null;
  if (method === 'GET') return url.startsWith(`${path}?`) && isPreflighted(request) ? 'url' : null;
  if (method !== 'POST' || url !== path || headers['content-encoding'] !== undefined) return null;
  const length = Number(headers['content-length'] ?? Number.NaN);
  return isJson(headers['content-type']) && length <= Math.min(longestPoll, longestBody) ? 'body' : null;
}

/**
 * Whether a browser would have had to ask before it sent such a GET from another page. What a page can send without
 * asking is refused further on.
 */
export function isPreflighted({ headers }: IncomingMessage): boolean {
  const type = headers['content-type'];
  if (type !== undefined) return isJson(type);
  return Boolean(headers['apollo-require-preflight'] || headers['x-apollo-operation-name']);
}

function isJson(type: string | undefined): boolean {
  return type === 'application/json' || /^application\/json\s*(;\s*charset=utf-?8)?$/i.test(type ?? '');
}
