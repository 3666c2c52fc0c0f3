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
import type { RequestContext } from '../graphql/request-context.js';
import type { RequestMetrics } from '../monitoring/prometheus/request-metrics.js';
import { createAnswerHeaders, setStartingHeaders, startingHeaders } from './answers/answer-headers.js';
import { answerError, errorAnswers } from './answers/error-answers.js';
import { type Answering, openExchange, unrouted } from './answers/exchange.js';
import { writeFault } from './answers/write-fault.js';
import { authentication, createRequestAuthentication } from './authentication.js';
import { entryServer } from './entry.js';
import { createGraphqlHandler } from './graphql/handler.js';
import type { GraphqlHandlerOptions } from './graphql/options.js';
import { createAnswerLog } from './logs/answer-log.js';
import { frameworkAnswers } from './logs/framework-answers.js';
import type { Admission } from './overload/admission.js';
import { limitConnections } from './overload/connection-limits.js';
import { endStalledReaders } from './overload/stalled-readers.js';
import { createWorkload } from './overload/workload.js';
import type { CheckReadiness } from './readiness.js';
import type { RequestTrace } from './request-trace.js';
import { answerBrokenRequest, tooManyUnfinished } from './requests/broken-request.js';
import { frameworkBodyLimit } from './requests/fault.js';
import { expectationFault } from './requests/headers/expectation.js';
import { preflights } from './requests/headers/preflights.js';
import { requestIdOf } from './requests/headers/request-id.js';
import { documentPath, graphqlPath } from './requests/request-target.js';
import { healthRoutes } from './routes/health.js';
import { pageRoutes } from './routes/pages.js';

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

export interface ServerOptions<Context extends RequestContext>
  extends Pick<
    GraphqlHandlerOptions<Context>,
    'graphql' | 'answers' | 'published' | 'limits' | 'requestLimitMs'
  > {
  readonly config: Pick<Config, 'host' | 'port' | 'corsOrigins' | 'trustProxy'>;
  readonly authenticate: Authenticate;
  readonly checkReadiness: CheckReadiness;
  readonly log: Logger;
  /** Counts answers and refusals. */
  readonly metrics?: RequestMetrics | undefined;
  /** Follows requests; nobody does unless set. */
  readonly trace?: RequestTrace | undefined;
  /** Lets in as much as can be done; without it everything. */
  readonly admission?: Admission | undefined;
  /** How many connections there may be at once; the defaults unless set. */
  readonly connectionLimits?: ConnectionLimits | undefined;
  /** Whether another process accepts the connections and hands them over. */
  readonly connectionsAreHandedOver?: boolean | undefined;
  /** How long a client may leave an answer unread before its connection is ended, in milliseconds. */
  readonly stalledLimitMs?: number | undefined;
  /** How long connections stay open once the server stops, so that their next answer can say that it is the last. */
  readonly drainDelayMs?: number;
  /** Further hooks and routes; they see `request.viewer` and may use `app.authenticate`. */
  readonly plugins?: readonly FastifyPluginAsync[] | undefined;
}

/** The HTTP server and its life: made, listening, stopped. */
export interface Server {
  readonly app: FastifyInstance;
  /** @returns the URL that it can be reached by, with the real port. */
  listen(): Promise<string>;
  /** Takes nothing new and waits for what runs, for at most `withinMs`. */
  close(withinMs?: number): Promise<void>;
}

/**
 * Makes the server: `/graphql` is answered without the framework, everything else by its plugins, one a concern. It does
 * not listen yet.
 */
export async function createServer<Context extends RequestContext>(
  options: ServerOptions<Context>,
): Promise<Server> {
  const {
    config,
    graphql,
    answers,
    published,
    limits,
    requestLimitMs,
    log,
    metrics,
    trace,
    plugins = [],
  } = options;
  let draining = false;
  const headersOf = createAnswerHeaders(config.corsOrigins);
  const logAnswer = createAnswerLog(log);
  const answering: Answering = { headersOf, isDraining: () => draining, log, logAnswer, metrics };
  const authenticate = createRequestAuthentication(options.authenticate, limits?.rate ?? null);
  const workload = createWorkload(options.admission);
  const { graphql: answerGraphql, documents: answerDocuments } = createGraphqlHandler({
    ...answering,
    graphql,
    answers,
    published,
    authenticate,
    workload,
    limits,
    requestLimitMs,
    trace,
  });
  const app = Fastify({
    serverFactory: (framework: RequestListener, { keepAliveTimeout }: { keepAliveTimeout?: number }) => {
      const server = entryServer({
        answering,
        graphql: answerGraphql,
        documents: answerDocuments,
        framework,
        trace,
      });
      server.requestTimeout = requestTimeoutMs;
      server.headersTimeout = headersTimeoutMs;
      server.keepAliveTimeout = keepAliveTimeout ?? server.keepAliveTimeout;
      return server;
    },
    loggerInstance: log as FastifyBaseLogger,
    // Its own lines hold the URL, and with it the query of a GET.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    requestIdHeader: false,
    bodyLimit: frameworkBodyLimit,
    requestTimeout: requestTimeoutMs,
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    // What comes in on an open connection while the server stops is still answered.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, answering),
    // No hooks run for these.
    frameworkErrors: (error, request, reply) => {
      setStartingHeaders(request, reply, headersOf);
      const { code } = answerError(error, request, reply);
      const { statusCode: status, elapsedTime: durationMs } = reply;
      metrics?.answered(unrouted, status, durationMs);
      metrics?.rejected(code);
      logAnswer({ requestId: request.id, method: request.method, route: unrouted, status, durationMs });
    },
  });
  app.removeContentTypeParser('text/plain');
  limitConnections(app.server, {
    limits: options.connectionLimits ?? defaultConnectionLimits,
    trustProxy: config.trustProxy,
    areHandedOver: options.connectionsAreHandedOver,
    refuse: (socket) => answerBrokenRequest(tooManyUnfinished, socket, answering),
    onUnfinished: () => metrics?.rejected('UNFINISHED'),
  });
  endStalledReaders(app.server, options.stalledLimitMs ?? stalledLimitMs);

  endConnections(app, answering.isDraining);
  const refuseExpectation: RequestListener = (request, response) =>
    writeFault(openExchange(request, response, unrouted), answering, expectationFault(request), {
      isLast: true,
    });
  app.server.on('checkExpectation', trace ? trace.listening(refuseExpectation) : refuseExpectation);
  await app.register(startingHeaders, { headersOf });
  await app.register(authentication, { authenticate });
  await app.register(preflights);
  await app.register(frameworkAnswers, { logAnswer, metrics, trace });
  await app.register(errorAnswers, {
    elsewhere: { [graphqlPath]: ['GET', 'POST'], [documentPath]: ['GET', 'HEAD'] },
  });
  for (const plugin of plugins) await app.register(plugin);
  await app.register(healthRoutes(options.checkReadiness));
  await app.register(pageRoutes());
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
      // Keep-alive clients get `Connection: close` on their next answer, instead of a closed connection.
      if (options.drainDelayMs && app.server.listening) {
        // Stop accepting; keep open connections. `close` of node:http would also close idle ones.
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
