import { executionAsyncResource } from 'node:async_hooks';

/**
 * A copy of a text that shares no memory with any other. V8 keeps a substring as a view of the text that it was cut
 * from, so ten characters out of a long URL would keep the whole URL in memory for as long as they are cached.
 */
export function ownCopy(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

/** The bytes in memory of their own, copied where needed: small buffers, and what zlib returns, are parts of larger ones. */
export function ownBytes(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength === bytes.length) return bytes;
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}

/** The most memory that a text takes, in bytes: two for each character, and what describes it. */
export function textBytes(text: string): number {
  return text.length * 2 + 32;
}

/** Referenced for as long as the process lives. */
const keptTicks: object[] = [];

/**
 * Keeps one of the objects alive that Node.js makes for each `process.nextTick`. When a full garbage collection finds
 * none of them, V8 drops their hidden class, and code that has seen two such classes makes each later object by a slow
 * path: about 4 µs a request, in most processes. To be called before anything else happens.
 */
export function keepTickShape(): void {
  process.nextTick(() => {
    keptTicks.push(executionAsyncResource());
  });
}
