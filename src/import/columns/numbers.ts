import { type Fault, unexpected } from '../fault.js';

/** A whole number within bounds. */
export function readWholeNumber(least: number, most: number): (text: string) => string | Fault {
  return (text) => {
    const number = Number(text);
    if (/^\d{1,16}$/.test(text) && number >= least && number <= most) return text;
    return unexpected(`a whole number from ${least} to ${most}`, text);
  };
}

/** Whole seconds; decimals are rounded to the nearest second, a half up. */
export function readSeconds(text: string): string | Fault {
  const seconds = Math.round(Number(text));
  if (/^\d{1,10}(?:\.\d{1,15})?$/.test(text) && seconds < 2 ** 31) return String(seconds);
  return unexpected('seconds from 0 to 2147483647', text);
}

/** How many digits an amount may have, all together and behind the point. */
export interface AmountDigits {
  readonly precision: number;
  readonly scale: number;
}

/** An exact amount that is not negative. It is never rounded: an amount with more digits than fit is a fault. */
export function readAmount({ precision, scale }: AmountDigits): (text: string) => string | Fault {
  const maxBefore = precision - scale;
  return (text) => {
    const match = /^(?:0*(\d*))(?:\.(\d*))?$/.exec(text);
    if (!match || !/\d/.test(text)) return unexpected('a number such as 0.25 that is not negative', text);
    const [, before = '', behind = ''] = match;
    if (behind.length > scale) return unexpected(`at most ${scale} decimals`, text);
    if (before.length > maxBefore) return unexpected(`at most ${maxBefore} digits before the point`, text);
    return text;
  };
}
