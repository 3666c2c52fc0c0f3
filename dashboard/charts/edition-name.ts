import type { EditionDatesFragment } from '../../src/client/operations.ts';

type Week = Pick<EditionDatesFragment, 'periodStart' | 'periodEnd'>;

const days = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** The days of an edition, the last one included, such as "20 – 26 Feb 2026". */
export function weekOf({ periodStart, periodEnd }: Week): string {
  return days.formatRange(Date.parse(periodStart), Date.parse(periodEnd) - 1);
}

/** An edition as it is called in lists, such as "No. 12, 20 – 26 Feb 2026". */
export function editionName(edition: Week & Pick<EditionDatesFragment, 'number'>): string {
  return `No. ${edition.number}, ${weekOf(edition)}`;
}
