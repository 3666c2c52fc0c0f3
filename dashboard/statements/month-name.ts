import { calendarOf } from '../series/calendar.ts';

/** Statements are of months of UTC. */
export const monthCalendar = calendarOf('MONTH', 'UTC');

/** The first instant of a month such as "2026-02". */
export function startOfMonth(month: string): string {
  return `${month}-01T00:00:00Z`;
}

/** A month such as "2026-02" as people write it. */
export function monthName(month: string): string {
  return monthCalendar.full(startOfMonth(month));
}
