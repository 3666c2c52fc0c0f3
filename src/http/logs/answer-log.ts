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
  /** True when the connection closed before all of the answer was written. */
  readonly isBroken?: true;
}

export type LogAnswer = (line: AnswerLine) => void;

const message = 'answered';

/**
 * Writes one line for each answer: at `debug` what went well, at `info` what was refused, at `warn` what failed.
 * Thousands of requests a second may be refused for the same reason, so of each route and status one refusal of the public a
 * second is written, with the number of `others` since the one before; these are written at `debug`.
 */
export function createAnswerLog(log: Logger, elapsedMs: () => number = () => performance.now()): LogAnswer {
  const onceASecond = createOnceASecond();
  return (line) => {
    const level = levelOf(line.status);
    if (level === 'debug') {
      if (log.isLevelEnabled('debug')) log.debug(rounded(line), message);
      return;
    }
    const isSignedIn = line.viewer !== undefined && line.viewer !== 'public';
    const others = isSignedIn ? 0 : onceASecond(`${line.route} ${line.status}`, elapsedMs());
    if (others === null) log.debug(rounded(line), message);
    else log[level]({ ...rounded(line), ...(others > 0 ? { others } : {}) }, message);
  };
}

function levelOf(status: number): 'debug' | 'info' | 'warn' {
  return status >= 500 ? 'warn' : status >= 400 ? 'info' : 'debug';
}

function rounded(line: AnswerLine): AnswerLine {
  return { ...line, durationMs: Math.round(line.durationMs * 10) / 10 };
}
