/**
 * Puts a query's name into its text, where the server's own statistics show it. It stands behind the first word,
 * because PostgreSQL 18 leaves out comments that come before it.
 */
export function withName(text: string, name: string): string {
  return text.replace(/^\s*\w+/, (word) => `${word} /* ${name} */`);
}

/** The name in a query's text; null for a text that was not named here. */
export function nameIn(text: string): string | null {
  return /^\s*\w+ \/\* ([A-Za-z][\w.]*) \*\//.exec(text)?.[1] ?? null;
}
