import { LRUCache } from 'lru-cache';

/** What Apollo keeps persisted queries and parsed documents in. */
export interface BoundedCache<V> {
  get(key: string): Promise<V | undefined>;
  /** The same without waiting. */
  peek(key: string): V | undefined;
  set(key: string, value: V): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/**
 * A cache that forgets what was asked for longest ago. It is bounded by the length of the texts that its values came
 * from, because a parsed document takes memory in proportion to its source.
 */
export function createBoundedCache<V extends object | string>(
  maxCharacters: number,
  lengthOf: (value: V) => number,
): BoundedCache<V> {
  const entries = new LRUCache<string, V>({
    maxSize: maxCharacters,
    sizeCalculation: (value) => Math.max(1, lengthOf(value)),
  });
  return {
    get: async (key) => entries.get(key),
    peek: (key) => entries.get(key),
    set: async (key, value) => {
      entries.set(key, value);
    },
    delete: async (key) => entries.delete(key),
  };
}
