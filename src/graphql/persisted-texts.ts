import type { TrustedDocuments } from '../limits/trusted-documents.js';
import { type BoundedCache, createBoundedCache } from './bounded-cache.js';

/** How much text the persisted queries of one audience may come from, in characters. */
const maxCharacters = 4_000_000;
/** What keeping one takes beside its text: its key, and its place in the cache. */
const charactersOfOne = 250;

/** Apollo keeps the texts of persisted queries under this prefix and their SHA-256. */
export const persistedPrefix = 'apq:';

/** The texts of persisted queries: those that clients brought, and those that are published, which nobody has to bring. */
export function persistedTexts(published: TrustedDocuments | null): BoundedCache<string> {
  const brought = createBoundedCache<string>(maxCharacters, (text) => text.length + charactersOfOne);
  if (!published) return brought;
  const find = (key: string) => published.find(key.slice(persistedPrefix.length));
  return {
    ...brought,
    get: async (key) => find(key) ?? brought.peek(key),
    peek: (key) => find(key) ?? brought.peek(key),
  };
}
