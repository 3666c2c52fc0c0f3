const whole = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', {
  style: 'percent',
  maximumFractionDigits: 1,
  minimumFractionDigits: 1,
});
const signed = new Intl.NumberFormat('en', {
  style: 'percent',
  maximumFractionDigits: 1,
  minimumFractionDigits: 1,
  signDisplay: 'exceptZero',
});
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** A count, which comes as a text when it is beyond 2^53. */
export function count(value: number | string): string {
  return typeof value === 'string' ? whole.format(BigInt(value)) : whole.format(value);
}

export function plays(value: number | string): string {
  return `${count(value)} ${Number(value) === 1 ? 'play' : 'plays'}`;
}

/** A number of different listeners; null where it is withheld. */
export function listenerCount(value: number | string | null): string {
  return value === null ? 'withheld' : count(value);
}

/** A mean of counts, with a digit where it matters. */
export function average(value: number): string {
  return value >= 100 ? whole.format(Math.round(value)) : value.toFixed(1);
}

/** An exact decimal as it came, rounded for the eye; browsers format the text itself, not a double of it. */
export function decimal(value: string, digits = 2): string {
  const format = new Intl.NumberFormat('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(value as unknown as number);
}

export function share(ratio: number): string {
  return percent.format(ratio);
}

/** By how much something changed, such as "+12.5%". */
export function change(ratio: number): string {
  return signed.format(ratio);
}

/** A round number where there is little room, such as "12.5K". */
export function compact(value: number): string {
  return short.format(value);
}

/** Seconds of listening, such as "42 s", "12 min 5 s", "3 h 25 min" or "1,203 h". */
export function timeListened(seconds: number | string): string {
  const all = Number(seconds);
  if (all < 60) return `${all} s`;
  const minutes = Math.floor(all / 60);
  if (minutes < 60) return `${minutes} min ${all % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 100 ? `${hours} h ${minutes % 60} min` : `${whole.format(Math.round(all / 3_600))} h`;
}

/** Milliseconds, with the digits that matter. */
export function duration(ms: number | null): string {
  if (ms === null) return '–';
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 100) return `${whole.format(Math.round(ms))} ms`;
  return `${ms.toFixed(ms >= 10 ? 1 : 2)} ms`;
}

export function bytes(value: number | null): string {
  if (value === null) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** step;
  return `${scaled.toFixed(step > 0 && scaled < 100 ? 1 : 0)} ${units[step]}`;
}

/** The time, and the day where that is another than today's. */
export function timeOfDay(instant: string | number): string {
  const date = new Date(instant);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? clock.format(date) : `${day.format(date)}, ${clock.format(date)}`;
}

export function dayAndTime(instant: string | null): string {
  return instant === null ? 'never' : moment.format(new Date(instant));
}

/** A span such as "42 s", "3 min", "2 h" or "5 d". */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** `PAY_PER_STREAM` as people write it. */
export function words(name: string): string {
  const text = name.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An address with its middle left out, when it is a long one. */
export function shortAddress(address: string): string {
  return address.length <= 14 ? address : `${address.slice(0, 8)}…${address.slice(-4)}`;
}
