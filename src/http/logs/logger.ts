import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../../config/config.js';
import { readableLine } from './readable-line.js';
import { describeError, withoutSecrets } from './redaction.js';

/** What the log is written to. */
export interface Screen {
  readonly isTerminal: boolean;
  readonly hasColors: boolean;
}

/** What is not known to be a terminal is read by programs. */
const noScreen: Screen = { isTerminal: false, hasColors: false };

/**
 * The process's log: one JSON object a line, or lines for people on a terminal; on stdout unless told otherwise. Lines
 * hold no address, no token, no variable and no query text.
 */
export function createLogger(
  config: Pick<Config, 'logLevel'> & Partial<Pick<Config, 'logFormat'>>,
  destination?: DestinationStream,
  { isTerminal, hasColors }: Screen = noScreen,
): Logger {
  const { logFormat = 'auto' } = config;
  const isReadable = logFormat === 'auto' ? isTerminal : logFormat === 'pretty';
  const options = {
    level: config.logLevel,
    base: undefined,
    redact: {
      paths: [
        'authorization',
        '*.authorization',
        '*.headers.authorization',
        '*.headers.cookie',
        'variables',
        'query',
      ],
      censor: '[secret]',
    },
    serializers: { err: describeError, error: describeError, cause: describeError, req: () => undefined },
    hooks: {
      streamWrite: isReadable
        ? (line: string) => withoutSecrets(readableLine(line, isTerminal && hasColors))
        : withoutSecrets,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** @param env where `NO_COLOR` may say that colours are not wanted (https://no-color.org). */
export function screenOf(
  output: object & { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Screen {
  return { isTerminal: output.isTTY === true, hasColors: !env.NO_COLOR && env.TERM !== 'dumb' };
}
