import type { RequestListener } from 'node:http';
import type { RequestContext } from '../../graphql/request-context.js';
import { RateLimited } from '../../limits/rate/rate-limited.js';
import { type Exchange, openExchange } from '../answers/exchange.js';
import type { RecognisedRequest, SharedAnswers } from '../answers/shared-answers.js';
import { writeFault, writeThrown } from '../answers/write-fault.js';
import { writeKept } from '../answers/write-kept.js';
import { requestUnits } from '../overload/rate-gate.js';
import { documentRoute, documentVary, prepareDocumentRequest } from '../requests/document-request.js';
import { overloaded } from '../requests/fault.js';
import type { DocumentTexts } from '../requests/graphql-request.js';
import { ClientDisconnected } from '../requests/read-whole.js';
import { ReceivedRequest, receive } from '../requests/received-request.js';
import { graphqlPath } from '../requests/request-target.js';
import { forcesPreflight, isShortGet, isShortPost, readShortBody } from '../requests/short-request.js';
import { execute } from './execute.js';
import type { GraphqlHandlerOptions } from './options.js';
import { serveShared } from './serve-shared.js';

export interface GraphqlHandler {
  /** Answers GET and POST of `/graphql`. */
  readonly graphql: RequestListener;
  /** Answers GET and HEAD of the addresses of published documents. */
  readonly documents: RequestListener;
}

/**
 * Answers questions. A request is read once; what was read is guarded, answered from the cache where
 * everybody gets the same answer, and otherwise executed by Apollo.
 */
export function createGraphqlHandler<Context extends RequestContext>(
  options: GraphqlHandlerOptions<Context>,
): GraphqlHandler {
  const { answers, published = noDocuments, authenticate, limits, workload, trace } = options;
  const { rate = null, clients } = limits ?? {};
  const readShort = trace ? trace.reading(readShortBody) : readShortBody;

  const refuseOverloaded = (exchange: Exchange) => {
    writeFault(exchange, options, overloaded, { reason: 'OVERLOAD' });
  };

  /** Charges the client's network; answers 429 and returns false when its budget is too small. */
  const isWithinRate = (exchange: Exchange, units: number): boolean => {
    const excessMs = rate ? rate.take(rate.ofNetwork(exchange.request), units) : 0;
    if (excessMs > 0) writeThrown(exchange, options, new RateLimited(excessMs));
    return excessMs === 0;
  };

  /** Answers a short request of the public: at once, without a promise, where its answer is in the cache. */
  const answerShort = (exchange: Exchange, received: ReceivedRequest, answers: SharedAnswers): void => {
    const { request } = exchange;
    if (exchange.contentType === null) {
      void answerInFull(exchange, received);
      return;
    }
    const recognised = answers.recognise(received);
    const kept = recognised && answers.cache.peek(recognised.question.key);
    // Cached and in-flight answers do not count towards the workload.
    const isWork = !kept && !(recognised && answers.cache.isRunning(recognised.question.key));
    if (recognised) {
      const units = isWork ? Math.max(requestUnits.read, recognised.question.cost) : requestUnits.kept;
      if (!isWithinRate(exchange, units)) return;
    }
    if (isWork && !workload.hasRoom(request)) {
      refuseOverloaded(exchange);
      return;
    }
    const understood = recognised ?? understandOrNull(answers, received);
    if (!understood) {
      // `answerInFull` says what is wrong.
      void answerInFull(exchange, received);
      return;
    }
    if (!recognised && !isWithinRate(exchange, unitsOf(answers, understood))) return;
    if (kept && !answers.mayBeOlder(request.headers, kept, understood)) {
      writeKept(exchange, options, answers, { kind: 'hit', answer: kept }, understood)?.catch(
        (error: unknown) => writeThrown(exchange, options, error),
      );
      return;
    }
    const leave = isWork ? workload.enter(request) : null;
    if (isWork && !leave) {
      refuseOverloaded(exchange);
      return;
    }
    const client = clients?.ofNetwork(request);
    void serveShared(exchange, options, answers, understood, client)
      .catch((error: unknown) => writeThrown(exchange, options, error))
      .finally(() => leave?.());
  };

  /** Answers any request: checks credentials, then reads what was not read yet. */
  const answerInFull = async (exchange: Exchange, before?: ReceivedRequest): Promise<void> => {
    const { request } = exchange;
    try {
      exchange.viewer = await authenticate(request);
      const received = before ?? (await receive(request, maxBodyBytesOf(exchange)));
      const leave = workload.enter(request);
      if (!leave) {
        refuseOverloaded(exchange);
        return;
      }
      try {
        await answerReceived(exchange, received);
      } finally {
        leave();
      }
    } catch (error) {
      if (!(error instanceof ClientDisconnected)) writeThrown(exchange, options, error);
    }
  };

  const maxBodyBytesOf = ({ viewer }: Exchange) => limits?.tiers[viewer.kind].bodyBytes ?? defaultBodyBytes;

  const answerReceived = async (exchange: Exchange, received: ReceivedRequest): Promise<void> => {
    const { request, viewer } = exchange;
    const parsed = received.parse();
    const mayShare = exchange.contentType !== null && (received.place === 'body' || forcesPreflight(request));
    const understood = answers && mayShare ? answers.understand(parsed, received) : null;
    if (answers && understood) {
      rate?.spend(rate.ofViewer(viewer, request), unitsOf(answers, understood));
      const client = clients?.ofViewer(viewer, request);
      const forViewer = viewer.kind === 'public' ? null : () => execute(exchange, options, parsed);
      await serveShared(exchange, options, answers, understood, client, forViewer);
      return;
    }
    rate?.spend(rate.ofViewer(viewer, request), requestUnits.read);
    await execute(exchange, options, parsed);
  };

  return {
    graphql(request, response) {
      const exchange = openExchange(request, response, graphqlPath);
      if (answers && isShortGet(request))
        answerShort(exchange, ReceivedRequest.ofUrl(request.url as string), answers);
      else if (answers && isShortPost(request, limits?.tiers.public.bodyBytes))
        readShort(request, (body) => answerShort(exchange, ReceivedRequest.ofBody(body), answers));
      // It counts towards the workload once it was read; until then only check that there is room.
      else if (workload.hasRoom(request)) void answerInFull(exchange);
      else refuseOverloaded(exchange);
    },
    documents(request, response) {
      const fault = prepareDocumentRequest(request);
      const exchange = openExchange(request, response, documentRoute, documentVary);
      const received = ReceivedRequest.ofDocument(request.url as string, published);
      if (fault) writeFault(exchange, options, fault);
      else if (answers) answerShort(exchange, received, answers);
      else if (workload.hasRoom(request)) void answerInFull(exchange, received);
      else refuseOverloaded(exchange);
    },
  };
}

const noDocuments: DocumentTexts = { find: () => undefined };

/** How long bodies may be where no limits are set, in bytes. */
const defaultBodyBytes = 1_048_576;

/** The units of a request that was read: the cost of its operation, or the base price if its answer is cached or in flight. */
function unitsOf({ cache }: SharedAnswers, { question }: RecognisedRequest): number {
  return cache.isReady(question.key) ? requestUnits.read : Math.max(requestUnits.read, question.cost);
}

/** What a request asks for; null when it is wrong, or nothing that everybody gets the same answer to. */
function understandOrNull(answers: SharedAnswers, received: ReceivedRequest): RecognisedRequest | null {
  try {
    return answers.understand(received.parse(), received);
  } catch {
    return null;
  }
}
