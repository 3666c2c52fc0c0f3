import { type Option, UsageError } from '../command.js';

const example = 'a month such as 2025-01';

/** The option `--month` of a command. */
export function monthOption(description: string): Option {
  return {
    name: 'month',
    value: 'YYYY-MM',
    description,
    parse(text) {
      if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
      throw new UsageError(`--month: expected ${example}, got ${JSON.stringify(text)}`);
    },
  };
}

/** @returns the first day of the month, such as `2025-01-01` */
export function firstDayOf(month: unknown): string {
  if (typeof month !== 'string') throw new UsageError(`--month: expected ${example}, got none`);
  return `${month}-01`;
}
