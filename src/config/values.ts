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

/** A variable that is one of a few words. */
export const choice = <const Word extends string>(
  name: string,
  words: readonly Word[],
  usual: NoInfer<Word>,
) =>
  z
    .enum(words, {
      error: (issue) => `${name}: expected ${listed(words)}, got ${quoted(issue.input)}`,
    })
    .default(usual);

/** Says what is wrong with a variable that is being read. */
export function fault(context: z.RefinementCtx, message: string): void {
  context.issues.push({ code: 'custom', message, input: undefined });
}

function listed(words: readonly string[]): string {
  return words.length > 3
    ? `one of ${words.join(', ')}`
    : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

export function quoted(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}

export function parsedUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
