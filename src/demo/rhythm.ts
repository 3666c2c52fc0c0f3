import type { Random } from './random.js';

const hourMs = 3_600_000;

/** How much is listened to in each hour of the day (UTC): little before dawn, most in the evening. */
const byHour = [
  34, 24, 17, 13, 12, 15, 26, 44, 58, 60, 58, 60, 66, 64, 62, 66, 74, 86, 97, 100, 96, 84, 66, 48,
];

/** The same for the days of the week, from Sunday on. */
const byWeekday = [1.12, 0.9, 0.92, 0.95, 1, 1.16, 1.22];

/** How many times more is played at the end than a year earlier. */
const growthPerYear = 2.6;

/** How much is listened to around an instant, relative to other instants of the same demo. */
function intensity(instant: number, reference: number): number {
  const moment = new Date(instant);
  const growth = growthPerYear ** ((instant - reference) / (365 * 24 * hourMs));
  return growth * byHour[moment.getUTCHours()]! * byWeekday[moment.getUTCDay()]!;
}

/** Draws `count` instants from `from` up to `to` (milliseconds), rising, that follow day, week and growth. */
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
