import { LRUCache } from 'lru-cache';
import { ownCopy, textBytes } from '../../memory.js';

/** What Apollo keeps parsed documents in. */
export interface BoundedCache<V> {
  get(key: string): Promise<V | undefined>;
  set(key: string, value: V): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/** What an entry takes beside its key and its value, in bytes. */
const entryBytes = 200;

/** A cache that forgets what was asked for longest ago. It is bounded by the memory that its entries take, in bytes. */
export function createBoundedCache<V extends object | string>(
  maxBytes: number,
  bytesOf: (value: V) => number,
): BoundedCache<V> {
  const entries = new LRUCache<string, V>({
    maxSize: maxBytes,
    sizeCalculation: (value, key) => entryBytes + textBytes(key) + bytesOf(value),
  });
  return {
    get: async (key) => entries.get(key),
    set: async (key, value) => {
      entries.set(ownCopy(key), typeof value === 'string' ? (ownCopy(value) as V) : value);
    },
    delete: async (key) => entries.delete(key),
  };
}
