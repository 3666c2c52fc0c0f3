import { LRUCache } from 'lru-cache';
import type { TrustedDocuments } from '../../limits/documents/trusted-documents.js';
import { ownCopy, textBytes } from '../../memory.js';

/** The texts of persisted queries by their SHA-256, in hexadecimal digits. */
export interface PersistedQueries {
  find(sha256: string): string | null;
  add(sha256: string, text: string): void;
}

/** The memory that the texts of one audience may take, in bytes. */
const maxBytes = 8_000_000;

/** Keeps the texts that clients sent with their hash; those that are published are found without that. */
export function createPersistedQueries(published: TrustedDocuments | null): PersistedQueries {
  const texts = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (text, sha256) => 200 + textBytes(sha256) + textBytes(text),
  });
  return {
    find: (sha256) => published?.find(sha256) ?? texts.get(sha256) ?? null,
    add: (sha256, text) => void texts.set(ownCopy(sha256), ownCopy(text)),
  };
}
