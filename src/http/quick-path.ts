import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { GatewayError } from '../errors.js';
import { contentTypeFor } from './negotiation.js';
import { requestIdOf } from './request-id.js';
import type { SharedAnswers, Understood } from './shared-answers.js';
import { type Exchange, writeAnswer, writeFailure } from './write-answer.js';

export interface QuickPathOptions {
  readonly answers: SharedAnswers;
  /** Whether browsers may ask from elsewhere, who need headers that are not written here. */
  readonly allowsOtherOrigins: boolean;
  readonly isDraining: () => boolean;
  readonly log: Logger;
  /** Told of each request that was answered here. */
  readonly onAnswered?: ((status: number, durationMs: number) => void) | undefined;
}

/** Bodies that are longer than this are no polls. */
const longestPoll = 16_384;
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
  return createServer((request, response) => {
    const place = placeOfParameters(request, options);
    if (place === null) return next(request, response);
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
  { answers, isDraining, log, onAnswered }: QuickPathOptions,
): boolean {
  const contentType = contentTypeFor(request.headers.accept);
  const understood = contentType && (answers.recall(raw) ?? understand(answers, raw, request));
  if (!understood) return false;
  const start = performance.now();
  const answered = () => onAnswered?.(response.statusCode, performance.now() - start);
  const exchange: Exchange = {
    request,
    response,
    requestId: requestIdOf(request),
    log,
    contentType,
    wantsFreshness: understood.wantsFreshness,
    isPrivate: false,
    isLast: isDraining(),
  };
  const answer = answers.cache.peek(understood.question.key);
  if (answer) {
    writeAnswer(answers, { kind: 'hit', answer }, exchange);
    answered();
    return true;
  }
  answers.cache
    .ask(understood.question)
    .then(
      (served) => {
        if (served.kind === 'failure') writeFailure(served.failure, withLog(exchange));
        else writeAnswer(answers, served, exchange);
      },
      (error: unknown) => {
        const shown =
          error instanceof GatewayError ? error : new GatewayError('INTERNAL_SERVER_ERROR', undefined, error);
        writeFailure({ data: null, errors: [shown] }, withLog(exchange));
      },
    )
    .then(answered);
  return true;
}

/** Reads a request that was not asked before; whatever is wrong with it is for the framework to say. */
function understand(answers: SharedAnswers, raw: string, { method }: IncomingMessage): Understood | null {
  if (method === 'GET') return answers.understand(parametersOf(raw), 'url', raw);
  try {
    return answers.understand(JSON.parse(raw), 'body', raw);
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
  { allowsOtherOrigins }: QuickPathOptions,
): 'url' | 'body' | null {
  const { headers, method, url = '' } = request;
  if (headers.authorization !== undefined || headers.host === undefined) return null;
  if (allowsOtherOrigins && headers.origin !== undefined) return null;
  if (method === 'GET') return url.startsWith(`${path}?`) && isPreflighted(request) ? 'url' : null;
  if (method !== 'POST' || url !== path || headers['content-encoding'] !== undefined) return null;
  const length = Number(headers['content-length'] ?? Number.NaN);
  return isJson(headers['content-type']) && length <= longestPoll ? 'body' : null;
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
