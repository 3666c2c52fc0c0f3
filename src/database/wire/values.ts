import pg from 'pg';

/**
 * How values come out of PostgreSQL. Nothing may lose a digit on the way: times keep their microseconds (a
 * JavaScript Date has milliseconds only), numerics stay text, and a bigint becomes a number only where a number can
 * hold it.
 */
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, parseBigint],
  [pg.types.builtins.NUMERIC, (text) => text],
  [pg.types.builtins.TIMESTAMPTZ, parseInstant],
]);

export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

function parseBigint(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** From `2026-01-31 12:00:00.123456+02` to `2026-01-31T10:00:00.123456Z`, whatever the session's time zone is. */
export function parseInstant(text: string): string {
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?([+-]\d\d)(:?\d\d)?(:\d\d)?$/.exec(text);
  if (!match) return text;
  const [, date, time, fraction = '', hours, minutes = ':00'] = match;
  const zone = `${hours}${minutes.startsWith(':') ? minutes : `:${minutes}`}`;
  const whole =
    zone === '+00:00' ? `${date}T${time}` : new Date(`${date}T${time}${zone}`).toISOString().slice(0, 19);
  const digits = fraction.slice(1).padEnd(3, '0');
  return `${whole}.${digits}Z`;
}
