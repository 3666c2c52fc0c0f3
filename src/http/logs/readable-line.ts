import type { LoggedError } from './redaction.js';

const levels: Readonly<Record<number, readonly [name: string, color: number]>> = {
  10: ['TRACE', 90],
  20: ['DEBUG', 90],
  30: ['INFO', 32],
  40: ['WARN', 33],
  50: ['ERROR', 31],
  60: ['FATAL', 31],
};

/** Turns a line of the log, which is a JSON object, into one that people read: time, level, message, `name=value`. */
export function readableLine(line: string, hasColors: boolean): string {
  const fields = parse(line);
  if (!fields) return line;
  const { level, time, msg = '', err, ...rest } = fields;
  const [name, color] = levels[Number(level)] ?? ['LOG', 32];
  const paint = (code: number, text: string) => (hasColors ? `\x1b[${code}m${text}\x1b[0m` : text);
  const values = Object.entries(rest).map(([key, value]) => `${printable(key)}=${shown(value)}`);
  const parts = [
    paint(90, clockTime(new Date(Number(time)))),
    paint(color, name.padEnd(5)),
    printable(String(msg)),
    ...(values.length > 0 ? [paint(90, values.join(' '))] : []),
  ];
  return `${parts.join(' ')}\n${isError(err) ? describe(err, '  ') : ''}`;
}

function parse(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Of this machine, as somebody before a terminal compares it with a clock. */
function clockTime(time: Date): string {
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

function shown(value: unknown): string {
  if (typeof value === 'string' && /^[\w.:/@+-]+$/.test(value)) return value;
  return printable(JSON.stringify(value));
}

function isError(value: unknown): value is LoggedError {
  return typeof value === 'object' && value !== null && 'message' in value;
}

function describe({ type, code, message, stack, cause }: LoggedError, indent: string): string {
  const frames = (stack ?? '').split('\n').filter((frame) => frame.trim() !== '');
  const lines = [
    `${type}: ${message}${code ? ` (${code})` : ''}`,
    ...frames.map((frame) => `  ${frame.trim()}`),
  ];
  const own = lines.map((line) => `${indent}${printable(line)}\n`).join('');
  return own + (isError(cause) ? `${indent}because of\n${describe(cause, `${indent}  `)}` : '');
}

/** Texts from outside must not move the cursor or set colours, so control characters are written out. */
function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}
