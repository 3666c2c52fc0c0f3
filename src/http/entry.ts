import { createServer, type RequestListener, type Server } from 'node:http';
import { type Answering, openExchange, unrouted } from './answers/exchange.js';
import { writeFault } from './answers/write-fault.js';
import type { RequestTrace } from './request-trace.js';
import { headersFault } from './requests/headers/headers-fault.js';
import { isDocumentTarget, isGraphqlTarget, normaliseTarget } from './requests/request-target.js';

/** How often connections are looked for that have taken too long to send a request, in milliseconds. */
const lookAtConnectionsMs = 1_000;

export interface EntryOptions {
  readonly answering: Answering;
  /** Answers GET and POST of `/graphql`. */
  readonly graphql: RequestListener;
  /** Answers GET and HEAD of the addresses of published documents. */
  readonly documents: RequestListener;
  /** Answers everything else. */
  readonly framework: RequestListener;
  /** Follows requests; nobody does unless set. */
  readonly trace?: RequestTrace | undefined;
}

/**
 * The server that every request enters by. It refuses what HTTP does not allow and gives targets their one spelling.
 * Only questions are refused under load, so that health and metrics can always be read.
 */
export function entryServer({ answering, graphql, documents, framework, trace }: EntryOptions): Server {
  // A missing Host header is refused here, with an error in the usual form.
  const settings = { connectionsCheckingInterval: lookAtConnectionsMs, requireHostHeader: false };
  const answer: RequestListener = (request, response) => {
    const fault = headersFault(request) ?? normaliseTarget(request);
    if (fault) writeFault(openExchange(request, response, unrouted), answering, fault, { isLast: true });
    else if (isGraphqlTarget(request.url as string) && isQuestion(request.method)) graphql(request, response);
    else if (isDocumentTarget(request.url as string) && isReading(request.method))
      documents(request, response);
    else framework(request, response);
  };
  return createServer(settings, trace ? trace.listening(answer) : answer);
}

function isReading(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isQuestion(method: string | undefined): boolean {
  return method === 'GET' || method === 'POST';
}
