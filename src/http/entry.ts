import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import {
  answerQuickly,
  type QuickPathOptions,
  readsBodyQuickly,
  readsUrlQuickly,
} from './answers/quick-path.js';
import { type Refusing, refuse, refuseExcessiveHeaders } from './answers/refuse.js';
import type { Workload } from './overload/workload.js';
import { isGraphqlTarget, normaliseTargetOrRefuse } from './requests/request-target.js';

/** How often connections are looked for that have taken too long to send a request, in milliseconds. */
const lookAtConnectionsMs = 1_000;

export interface EntryOptions {
  /** Answers polls without the framework; without it everything goes on to the framework. */
  readonly quick?: QuickPathOptions | undefined;
  readonly workload: Workload;
  readonly refusing: Refusing;
}

/**
 * The server that every request enters by. It refuses what HTTP does not allow, gives targets their one spelling,
 * answers polls without entering the framework, whose hooks cost more than the whole answer, and hands everything else
 * on to `next`.
 */
export function entryServer(next: RequestListener, options: EntryOptions): Server {
  const { quick, workload, refusing } = options;
  // A missing Host header is refused here, with an error in the usual form.
  const settings = { connectionsCheckingInterval: lookAtConnectionsMs, requireHostHeader: false };
  return createServer(settings, (request, response) => {
    if (
      refuseExcessiveHeaders(request, response, refusing) ||
      normaliseTargetOrRefuse(request, response, refusing)
    )
      return;
    if (!isGraphqlTarget(request.url as string)) {
      // Whoever looks after the gateway has to be able to see how it is, however busy it is.
      next(request, response);
      return;
    }
    if (quick && readsUrlQuickly(request)) {
      if (!answerQuickly('url', null, request, response, quick)) next(request, response);
      return;
    }
    if (quick && readsBodyQuickly(request, quick)) {
      readWhole(request, (body) => {
        if (!answerQuickly('body', body, request, response, quick)) next(request, response);
      });
      return;
    }
    // It is counted in once all of it was read; until then it only has to be likely that there will be room.
    if (workload.hasRoom(request)) next(request, response);
    else {
      refuse(request, response, refusing);
      workload.refused();
    }
  });
}

function readWhole(request: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
}
