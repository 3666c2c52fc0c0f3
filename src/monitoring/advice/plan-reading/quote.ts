import { sql } from 'kysely';
import { rawQuery } from '../../../database/raw-query.js';
import type { Reader } from '../../../database/reader/reader.js';

/** Quotes an identifier where it needs it, exactly as the server's `quote_ident` does. */
export type Quote = (identifier: string) => string;

/** `keywords` are those that are not names everywhere. */
export function quoteWith(keywords: readonly string[]): Quote {
  const needQuotes = new Set(keywords);
  return (identifier) =>
    /^[a-z_][a-z0-9_]*$/.test(identifier) && !needQuotes.has(identifier)
      ? identifier
      : `"${identifier.replaceAll('"', '""')}"`;
}

/** The keywords differ between versions of PostgreSQL. */
export async function findQuote(reader: Reader): Promise<Quote> {
  const query = sql<{ word: string }>`select word from pg_get_keywords() where catcode <> 'U'`;
  const rows = await reader.read('advice.keywords', rawQuery(query));
  return quoteWith(rows.map(({ word }) => word));
}
