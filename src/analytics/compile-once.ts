import { LRUCache } from 'lru-cache';
import { textBytes } from '../memory.js';

/** What was compiled for a query. */
export interface Compiled {
  /** The memory that it takes, in bytes. */
  readonly bytes: number;
}

const maxBytes = 16_000_000;

/** Compiling a query takes longer than running it. */
const compiled = new LRUCache<string, Compiled>({
  maxSize: maxBytes,
  sizeCalculation: ({ bytes }, key) => 300 + textBytes(key) + bytes,
});

/**
 * Compiles queries of the same key once; what is evicted is compiled again. `key` must begin with what is compiled (`page`,
 * `query`), because results have different types.
 */
export function compileOnce<Result extends Compiled>(key: string, compile: () => Result): Result {
  const known = compiled.get(key);
  if (known) return known as Result;
  const result = compile();
  compiled.set(key, result);
  return result;
}
