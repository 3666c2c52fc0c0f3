import type { RequestListener } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import type { Authenticate } from '../auth/authenticate.js';
import type { Config } from '../config/config.js';
import { type ConnectionLimits, defaultConnectionLimits } from '../config/limits.js';
import type { Graphql } from '../graphql/apollo/create-graphql.js';
import type { RequestContext } from '../graphql/request-context.js';
import { createAnswerHeaders, setStartingHeaders, startingHeaders } from './answers/answer-headers.js';
import { answerError, errorAnswers } from './answers/error-answers.js';
import { type Refusing, refuseExpectation } from './answers/refuse.js';
import type { SharedAnswers } from './answers/shared-answers.js';
import { authentication } from './authentication.js';
import { entryServer } from './entry.js';
import { createEarlyAnswerLog, requestLog } from './logs/request-log.js';
import type { Admission } from './overload/admission.js';
import { limitConnections } from './overload/connection-limits.js';
import type { RequestLimits } from './overload/request-limits.js';
import { endStalledReaders } from './overload/stalled-readers.js';
import { createWorkload } from './overload/workload.js';
import type { CheckReadiness } from './readiness.js';
import { answerBrokenRequest, tooManyUnfinished } from './requests/broken-request.js';
import { preflights } from './requests/preflights.js';
import { requestIdOf } from './requests/request-id.js';
import { graphqlRoutes } from './routes/graphql.js';
import { healthRoutes } from './routes/health.js';
import { pageRoutes } from './routes/pages.js';

/** The largest body that is read, in bytes. */
export const bodyLimit = 1_048_576;

/** How many connections may wait to be taken. More are dropped by the system, to be tried again a second later. */
const backlog = 4_096;

/** How long a client may take to send one request, and its headers, in milliseconds. */
const requestTimeoutMs = 30_000;
const headersTimeoutMs = 10_000;
/** How long a client may leave an answer unread, in milliseconds. */
const stalledLimitMs = 30_000;

/** How long running requests may take to end once the server stops, in milliseconds. */
const drainMs = 8_000;
/** How often connections that have become idle are looked for meanwhile, in milliseconds. */
const idleLookMs = 50;

export interface ServerOptions<Context extends RequestContext> {
  readonly config: Pick<Config, 'host' | 'port' | 'corsOrigins' | 'trustProxy'>;
  readonly graphql: Graphql<Context>;
  readonly authenticate: Authenticate;
  readonly checkReadiness: CheckReadiness;
  readonly log: Logger;
  /** Answers that everybody may see; without them everything is executed. */
  readonly answers?: SharedAnswers;
  /** Told of each request that was answered before the framework's hooks could see it. */
  readonly onAnswered?: (status: number, durationMs: number) => void;
  /** Lets in as much as can be done; without it everything. */
  readonly admission?: Admission;
  /** What requests may ask for; without it whatever they like. */
  readonly limits?: RequestLimits;
  /** Told of each request that was refused before the framework, because too much was asked for in a short time. */
  readonly onRateLimited?: () => void;
  /** Told of each request that there was no room for. */
  readonly onOverload?: () => void;
  /** How many connections there may be at once; the defaults unless said. */
  readonly connectionLimits?: ConnectionLimits;
  /** Told of each connection that is ended because there are too many unfinished requests. */
  readonly onUnfinished?: () => void;
  /** How long a request of the public may take, in milliseconds; for ever unless said. */
  readonly requestLimitMs?: number;
  /** How long a client may leave an answer unread before its connection is ended, in milliseconds. */
  readonly stalledLimitMs?: number;
  /** How long connections stay open once the server stops, so that their next answer can say that it is the last. */
  readonly drainDelayMs?: number;
  /** Further hooks and routes; they see `request.viewer` and may use `app.authenticate`. */
  readonly plugins?: readonly FastifyPluginAsync[];
}

/** The HTTP server and its life: made, listening, stopped. */
export interface Server {
  readonly app: FastifyInstance;
  /** @returns the URL that it can be reached by, with the real port. */
  listen(): Promise<string>;
  /** Takes nothing new and waits for what runs, for at most `withinMs`. */
  close(withinMs?: number): Promise<void>;
}

/** Makes the server from its parts, one plugin a concern. It does not listen yet. */
export async function createServer<Context extends RequestContext>(
  options: ServerOptions<Context>,
): Promise<Server> {
  const { config, answers, plugins = [] } = options;
  let draining = false;
  const isDraining = () => draining;
  const headersOf = createAnswerHeaders(config.corsOrigins);
  const refusing: Refusing = { headersOf, isDraining, logEarly: createEarlyAnswerLog(options.log) };
  const workload = createWorkload(options);
  const quick = answers && {
    ...refusing,
    answers,
    log: options.log,
    onAnswered: options.onAnswered,
    workload,
    rate: options.limits?.rate,
    clients: options.limits?.clients,
    onRateLimited: options.onRateLimited,
    maxBodyBytes: options.limits?.tiers.public.bodyBytes,
  };
  const app = Fastify({
    serverFactory: (handler: RequestListener, { keepAliveTimeout }: { keepAliveTimeout?: number }) => {
      const server = entryServer(handler, { quick, workload, refusing });
      server.requestTimeout = requestTimeoutMs;
      server.headersTimeout = headersTimeoutMs;
      server.keepAliveTimeout = keepAliveTimeout ?? server.keepAliveTimeout;
      return server;
    },
    loggerInstance: options.log as FastifyBaseLogger,
    // Its own lines hold the URL, and with it the query of a GET.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    requestIdHeader: false,
    bodyLimit: options.limits ? largestBody(options.limits) : bodyLimit,
    requestTimeout: requestTimeoutMs,
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    // What comes in on an open connection while the server stops is still answered.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, refusing),
    // No hooks run for these.
    frameworkErrors: (error, request, reply) => {
      setStartingHeaders(request, reply, headersOf);
      answerError(error, request, reply);
      const { statusCode: status, elapsedTime: durationMs } = reply;
      refusing.logEarly({
        requestId: request.id,
        method: request.method,
        route: 'unread',
        status,
        durationMs,
      });
    },
  });
  app.removeContentTypeParser('text/plain');
  limitConnections(app.server, {
    limits: options.connectionLimits ?? defaultConnectionLimits,
    trustProxy: config.trustProxy,
    refuse: (socket) => answerBrokenRequest(tooManyUnfinished, socket, refusing),
    onUnfinished: options.onUnfinished,
  });
  endStalledReaders(app.server, options.stalledLimitMs ?? stalledLimitMs);

  endConnections(app, isDraining);
  app.server.on('checkExpectation', (request, response) => refuseExpectation(request, response, refusing));
  await app.register(startingHeaders, { headersOf });
  await app.register(authentication, { authenticate: options.authenticate, rate: options.limits?.rate });
  await app.register(preflights);
  await app.register(requestLog);
  await app.register(errorAnswers);
  for (const plugin of plugins) await app.register(plugin);
  await app.register(healthRoutes(options.checkReadiness));
  await app.register(pageRoutes());
  await app.register(
    graphqlRoutes({
      graphql: options.graphql,
      answers,
      refusing,
      workload,
      requestLimitMs: options.requestLimitMs,
      limits: options.limits,
    }),
  );
  await app.ready();

  return {
    app,
    async listen() {
      await app.listen({ host: config.host, port: config.port, backlog });
      return urlOf(config.host, (app.server.address() as AddressInfo).port);
    },
    async close(withinMs = drainMs) {
      const deadline = setTimeout(() => app.server.closeAllConnections(), withinMs);
      draining = true;
      // Whoever keeps a connection open hears that it ends, instead of finding it closed under the next request.
      if (options.drainDelayMs && app.server.listening) {
        // Only the door is closed: what is on its way on connections that are there has not been read yet.
        NetServer.prototype.close.call(app.server);
        await sleep(options.drainDelayMs);
      }
      const idle = setInterval(() => app.server.closeIdleConnections(), idleLookMs);
      await app
        .close()
        .catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ERR_SERVER_NOT_RUNNING') throw error;
        })
        .finally(() => {
          clearTimeout(deadline);
          clearInterval(idle);
        });
    },
  };
}

function largestBody({ tiers }: RequestLimits): number {
  return Math.max(...Object.values(tiers).map(({ bodyBytes }) => bodyBytes));
}

/** While the server drains, every answer is the last one on its connection. */
function endConnections(app: FastifyInstance, isDraining: () => boolean): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (isDraining()) reply.header('connection', 'close');
    done(null, payload);
  });
}

function urlOf(host: string, port: number): string {
  // A server that listens everywhere can be reached here.
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
