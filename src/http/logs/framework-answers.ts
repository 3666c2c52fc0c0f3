import type { FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { ErrorCode } from '../../errors.js';
import type { Answering } from '../answers/exchange.js';
import type { RequestTrace } from '../request-trace.js';
import type { AnswerLine } from './answer-log.js';

const refusals = new WeakMap<FastifyRequest, ErrorCode>();

/** Records the code that a request is refused with, for the count of refusals. */
export function noteRefusal(request: FastifyRequest, code: ErrorCode): void {
  refusals.set(request, code);
}

export interface FrameworkAnswersOptions extends Pick<Answering, 'logAnswer' | 'metrics'> {
  /** Follows requests; nobody does unless set. */
  readonly trace?: RequestTrace | undefined;
}

/** Counts and logs every answer of the framework by its route, never by its path. */
export const frameworkAnswers = fastifyPlugin<FrameworkAnswersOptions>(
  async (app, { logAnswer, metrics, trace }) => {
    // A connection that closes in the middle of an answer leads to no `onResponse`.
    app.addHook('onRequest', (request, reply, done) => {
      reply.raw.once('close', () => {
        if (reply.raw.headersSent && !reply.raw.writableFinished) note(request, reply, { isBroken: true });
      });
      done();
    });
    app.addHook('onResponse', (request, reply, done) => {
      note(request, reply);
      done();
    });

    const noteAnswer = (
      request: FastifyRequest,
      reply: FastifyReply,
      rest: Pick<AnswerLine, 'isBroken'> = {},
    ) => {
      const route = request.routeOptions.url ?? 'unknown';
      metrics?.answered(route, reply.statusCode, reply.elapsedTime);
      const code = refusals.get(request);
      if (code) metrics?.rejected(code);
      logAnswer({
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        durationMs: reply.elapsedTime,
        viewer: request.viewer.kind,
        ...rest,
      });
    };
    const note: typeof noteAnswer = trace
      ? (request, ...rest) => trace.within(request.raw, () => noteAnswer(request, ...rest))
      : noteAnswer;
  },
);
