import { type Fault, unexpected } from '../fault.js';

const time = String.raw`(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?)?`;
const zone = String.raw`(?: ?(?:[Zz]|UTC|GMT|(?<sign>[+-])(?<zoneHour>\d\d)(?::?(?<zoneMinute>\d\d))?))?`;
const forms = [
  new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[Tt ]${time}${zone}$`),
  new RegExp(
    String.raw`^(?:[A-Za-z]{3}, )?(?<day>\d{1,2}) (?<month>[A-Za-z]{3,9}) (?<year>\d{4}),? ${time}${zone}$`,
  ),
];
/** Seconds since 1970 have ten digits from 2001 to 2286, milliseconds thirteen. */
const unixForm = /^(\d{10})(?:\.(\d{1,9})|(\d{3}))?$/;
const ambiguousForm = /^\d{1,4}([/.-])\d{1,2}\1\d{1,4}(?:[T ,]|$)/;

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);

export const instantForms =
  '2026-01-31T12:00:00Z, 2026-01-31 12:00:00+01:00, 31 Jan 2026 12:00, or Unix seconds or milliseconds';

/**
 * A point in time as in RFC 3339, as PostgreSQL writes it, with the name of its month, or since 1970; UTC where there is
 * no zone.
 * @returns it in UTC, with at most six digits of a second, beginning with the year and the month as `2026-01`.
 */
export function readInstant(text: string): string | Fault {
  const unix = unixForm.exec(text);
  if (unix) return fromUnix(Number(unix[1]), unix[2] ?? unix[3]);
  const parts = forms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  const instant = parts && { ...parts, month: monthOf(parts.month!), day: parts.day!.padStart(2, '0') };
  if (instant && isReal(instant)) return inUtc(instant, text);
  if (!parts && ambiguousForm.test(text))
    return unexpected(`a time whose day and month cannot be mistaken, such as ${instantForms}`, text);
  return unexpected(`a time such as ${instantForms}`, text);
}

type Parts = Readonly<Record<string, string | undefined>>;

function fromUnix(seconds: number, fraction: string | undefined): string {
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${whole}${fraction === undefined ? '' : `.${fraction.slice(0, 6)}`}Z`;
}

/** `01` to `12`; `00` for a name that no month has. */
function monthOf(month: string): string {
  if (/^\d/.test(month)) return month;
  const name = month.toLowerCase();
  const index = months.findIndex((each) => each === name || each.slice(0, 3) === name);
  return String(index + 1).padStart(2, '0');
}

function inUtc(parts: Parts, text: string): string | Fault {
  const { year, month, day, hour, minute, second = '00', fraction, sign, zoneHour, zoneMinute } = parts;
  const digits = fraction === undefined ? '' : `.${fraction.slice(0, 6)}`;
  const offset = sign === undefined ? 0 : Number(zoneHour) * 60 + Number(zoneMinute ?? 0);
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (offset === 0) return `${local}${digits}Z`;
  const utc = new Date(Date.parse(`${local}Z`) - (sign === '-' ? -1 : 1) * offset * 60_000).toISOString();
  // A zone can move the last hours of the year 9999 into a year that is written with five digits.
  if (!/^\d{4}-/.test(utc) || utc.startsWith('0000-')) return unexpected('a time from 0001 to 9999', text);
  return `${utc.slice(0, 19)}${digits}Z`;
}

function isReal({ year, month, day, hour, minute, second, zoneHour, zoneMinute }: Parts): boolean {
  return (
    Number(year) >= 1 &&
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysOf(Number(year), Number(month)) &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    Number(second ?? 0) <= 59 &&
    Number(zoneHour ?? 0) <= 15 &&
    Number(zoneMinute ?? 0) <= 59
  );
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
