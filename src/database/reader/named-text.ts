import { LRUCache } from 'lru-cache';
import { textBytes } from '../../memory.js';

/**
 * Puts a query's name into its text, where the server's own statistics show it. It stands behind the first word,
 * because PostgreSQL 18 leaves out comments that come before it.
 */
function withName(text: string, name: string): string {
  return text.replace(/^\s*\w+/, (word) => `${word} /* ${name} */`);
}

/** How much memory the texts may take that are remembered, in bytes. */
const maxBytes = 4_000_000;
const kept = new LRUCache<string, { readonly name: string; readonly text: string }>({
  maxSize: maxBytes,
  sizeCalculation: ({ text }, sql) => 300 + textBytes(sql) + textBytes(text),
});

/** The same, remembered: the text of a statement that comes again is the same string, which is found sooner than made. */
export function namedText(sql: string, name: string): string {
  const before = kept.get(sql);
  if (before?.name === name) return before.text;
  const text = withName(sql, name);
  kept.set(sql, { name, text });
  return text;
}

/** The name in a query's text; null for a text that was not named here. */
export function nameIn(text: string): string | null {
  return /^\s*\w+ \/\* ([A-Za-z][\w.]*) \*\//.exec(text)?.[1] ?? null;
}
