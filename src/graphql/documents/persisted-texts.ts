import type { TrustedDocuments } from '../../limits/documents/trusted-documents.js';
import { textBytes } from '../../memory.js';
import { type BoundedCache, createBoundedCache } from './bounded-cache.js';

/** How much memory the persisted queries of one audience may take, in bytes. */
const maxBytes = 8_000_000;

/** Apollo keeps the texts of persisted queries under this prefix and their SHA-256. */
export const persistedPrefix = 'apq:';

/** The texts of persisted queries: those that clients brought, and those that are published, which nobody has to bring. */
export function persistedTexts(published: TrustedDocuments | null): BoundedCache<string> {
  const brought = createBoundedCache<string>(maxBytes, textBytes);
  if (!published) return brought;
  const find = (key: string) => published.find(key.slice(persistedPrefix.length));
  return {
    ...brought,
    get: async (key) => find(key) ?? brought.peek(key),
    peek: (key) => find(key) ?? brought.peek(key),
  };
}
