import { executionAsyncResource } from 'node:async_hooks';

/** Referenced for as long as the process lives. */
const kept: object[] = [];

/**
 * Keeps one of the objects alive that Node.js makes for each `process.nextTick`. When a full garbage collection finds
 * none of them, V8 drops their hidden class, and code that has seen two such classes makes each later object by a slow
 * path: about 4 µs a request, in most processes. To be called before anything else happens.
 */
export function keepTickShape(): void {
  process.nextTick(() => {
    kept.push(executionAsyncResource());
  });
}
