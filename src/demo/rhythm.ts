import type { Random } from './random.js';

const hourMs = 3_600_000;

/** How much is listened to in each hour of a working day (UTC): on the way to work, and most on the way back. */
const byHour = [
  26, 18, 13, 11, 12, 18, 38, 64, 66, 56, 54, 56, 62, 60, 58, 62, 76, 94, 100, 92, 84, 74, 58, 40,
];
/** The same for Saturdays and Sundays: later in the morning, and longer at night. */
const byWeekendHour = [
  46, 36, 27, 20, 15, 14, 18, 26, 40, 56, 68, 74, 76, 76, 76, 76, 78, 84, 92, 98, 100, 98, 86, 66,
];
/** The same for the days of the week, from Sunday on. */
const byWeekday = [0.96, 0.9, 0.93, 0.97, 1.02, 1.22, 1.14];
/** The same for the months: less in the summer holidays, most before the end of the year. */
const byMonth = [0.96, 0.94, 0.97, 1, 1.03, 1.02, 0.86, 0.8, 0.98, 1.06, 1.1, 1.22];

/** How many times more is played at the end than a year earlier. */
const growthPerYear = 2.6;

/** How much is listened to around an instant, relative to other instants of the same demo. */
function intensity(instant: number, reference: number): number {
  const moment = new Date(instant);
  const growth = growthPerYear ** ((instant - reference) / (365 * 24 * hourMs));
  const weekday = moment.getUTCDay();
  const hours = weekday === 0 || weekday === 6 ? byWeekendHour : byHour;
  return growth * hours[moment.getUTCHours()]! * byWeekday[weekday]! * byMonth[moment.getUTCMonth()]!;
}

/** Draws `count` instants from `from` up to `to` (milliseconds), rising, that follow hour, weekday, month and growth. */
export function* drawInstants(count: number, from: number, to: number, random: Random): Generator<number> {
  const hours = Math.max(1, Math.ceil((to - from) / hourMs));
  const begins = (hour: number) => Math.min(from + hour * hourMs, to);
  const reached = new Float64Array(hours + 1);
  for (let hour = 0; hour < hours; hour++) {
    const length = begins(hour + 1) - begins(hour);
    reached[hour + 1] = reached[hour]! + length * intensity(begins(hour) + length / 2, from);
  }
  let hour = 0;
  let position = 0;
  for (let left = count; left > 0; left--) {
    // The least of `left` uniform numbers above the position: sorted without keeping them.
    position = 1 - (1 - position) * (1 - random.next()) ** (1 / left);
    const wanted = position * reached[hours]!;
    while (hour < hours - 1 && reached[hour + 1]! <= wanted) hour++;
    const share = (wanted - reached[hour]!) / (reached[hour + 1]! - reached[hour]!);
    yield Math.floor(begins(hour) + Math.min(share, 1) * (begins(hour + 1) - begins(hour)));
  }
}
