/** Texts that no log line may hold, wherever in the line they stand: addresses, tokens, passwords in URLs. */
const secrets: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/0x[0-9a-f]{1,64}/gi, '0x[address]'],
  [/\bbearer +[^\s"\\]+/gi, 'Bearer [token]'],
  [/\beyJ[\w-]*\.[\w-]*\.[\w-]*/g, '[token]'],
  [/\/\/[^\s/@:"]*:[^\s/@"]*@/g, '//[user]@'],
];

/** Takes out of a text what must not be kept. It is the last thing that happens to a log line. */
export function withoutSecrets(text: string): string {
  return secrets.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}

/** What a log says of an error. Never its properties: a driver's error repeats the values of the query in them. */
export interface LoggedError {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/** How far down a chain of causes is followed; it may be a circle. */
const maxCauseDepth = 3;

export function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something was thrown that is no error' };
  const {
    code,
    originalError,
    cause = originalError,
  } = error as Error & { code?: unknown; originalError?: unknown };
  return {
    type: error.name,
    code: typeof code === 'string' ? code : undefined,
    message: holdsValues(code)
      ? 'a value did not fit (the text is left out because it repeats the value)'
      : error.message,
    // Only where it happened: the first line is the message once more.
    stack: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    cause: cause instanceof Error && depth < maxCauseDepth ? describeError(cause, depth + 1) : undefined,
  };
}

/** SQLSTATE classes 22 (data) and 23 (constraints): PostgreSQL quotes the value in the message. */
function holdsValues(code: unknown): boolean {
  return typeof code === 'string' && /^2[23][0-9A-Z]{3}$/.test(code);
}
