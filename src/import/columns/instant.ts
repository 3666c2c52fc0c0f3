import { type Fault, unexpected } from '../fault.js';

const form =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?)?$/;

/**
 * A point in time as in RFC 3339 or as PostgreSQL writes it; without a zone it is UTC.
 * @returns it in UTC, with at most six digits of a second, beginning with the year and the month as `2026-01`.
 */
export function readInstant(text: string): string | Fault {
  const match = form.exec(text);
  if (!match || !isReal(match))
    return unexpected('a time such as 2026-01-31T12:00:00Z or 2026-01-31 12:00:00+00', text);
  const [, year, month, day, hour, minute, second, fraction, sign, zoneHour, zoneMinute] = match;
  const digits = fraction === undefined ? '' : `.${fraction.slice(0, 6)}`;
  const offset = sign === undefined ? 0 : Number(zoneHour) * 60 + Number(zoneMinute ?? 0);
  if (offset === 0) return `${year}-${month}-${day}T${hour}:${minute}:${second}${digits}Z`;
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const utc = new Date(local - (sign === '-' ? -1 : 1) * offset * 60_000).toISOString();
  // A zone can move the last hours of the year 9999 into a year that is written with five digits.
  if (!/^\d{4}-/.test(utc) || utc.startsWith('0000-')) return unexpected('a time from 0001 to 9999', text);
  return `${utc.slice(0, 19)}${digits}Z`;
}

function isReal([
  ,
  year,
  month,
  day,
  hour,
  minute,
  second,
  ,
  ,
  zoneHour,
  zoneMinute,
]: RegExpExecArray): boolean {
  return (
    Number(year) >= 1 &&
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysOf(Number(year), Number(month)) &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    Number(second) <= 59 &&
    Number(zoneHour ?? 0) <= 15 &&
    Number(zoneMinute ?? 0) <= 59
  );
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
