import fastifyPlugin from 'fastify-plugin';
import type { Logger } from 'pino';
import { createOnceASecond } from '../../graphql/apollo/once-a-second.js';

/** What the log says of an answer. The route and never the path, because a path may hold anything. */
export interface AnswerLine {
  readonly requestId?: string;
  readonly method?: string | undefined;
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly viewer?: string;
}

const message = 'answered';

/** What went well is told at `debug`, what was refused at `info`, what failed at `warn`. */
function levelOf(status: number): 'debug' | 'info' | 'warn' {
  return status >= 500 ? 'warn' : status >= 400 ? 'info' : 'debug';
}

function rounded(line: AnswerLine): AnswerLine {
  return { ...line, durationMs: Math.round(line.durationMs * 10) / 10 };
}

/** One line for each answer of the framework. */
export const requestLog = fastifyPlugin(async (app) => {
  app.addHook('onResponse', (request, reply, done) => {
    const status = reply.statusCode;
    request.log[levelOf(status)](
      rounded({
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status,
        durationMs: reply.elapsedTime,
        viewer: request.viewer.kind,
      }),
      message,
    );
    done();
  });
});

/**
 * Writes lines for answers that were given before the framework. Thousands a second may be refused for the same
 * reason, so of each status one refusal a second is written, and says how many `others` there were since the one
 * before; these are written for debugging only.
 */
export function createEarlyAnswerLog(
  log: Logger,
  elapsedMs: () => number = () => performance.now(),
): (line: AnswerLine) => void {
  const onceASecond = createOnceASecond();
  return (line) => {
    const level = levelOf(line.status);
    if (level === 'debug') {
      if (log.isLevelEnabled('debug')) log.debug(rounded(line), message);
      return;
    }
    const others = onceASecond(String(line.status), elapsedMs());
    if (others === null) log.debug(rounded(line), message);
    else log[level]({ ...rounded(line), ...(others > 0 ? { others } : {}) }, message);
  };
}
