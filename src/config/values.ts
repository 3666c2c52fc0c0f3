import { z } from 'zod';

/** A variable that is a whole number within bounds. */
export const wholeNumber = (name: string, from: number, to: number, usual: number) =>
  z
    .string()
    .default(String(usual))
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to, {
      error: (issue) => `${name}: expected a whole number from ${from} to ${to}, got ${quoted(issue.input)}`,
    })
    .transform(Number);

export function quoted(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}

export function parsedUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
