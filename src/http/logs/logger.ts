import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../../config/config.js';
import { describeError, withoutSecrets } from './redaction.js';

/**
 * The process's log: one JSON object a line, on stdout unless told otherwise. Lines hold no address, no token, no
 * variable and no query text.
 */
export function createLogger(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
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
    hooks: { streamWrite: withoutSecrets },
  };
  return destination ? pino(options, destination) : pino(options);
}
