import { maxIndexedBytes } from '../../database/failures/indexed-text.js';
import { Fault, unexpected } from '../fault.js';

/** Any text that PostgreSQL can hold. U+FFFD is what became of bytes that are not UTF-8. */
export function readText(text: string): string | Fault {
  if (text.includes('\0')) return new Fault('expected text, got a NUL character in it');
  if (text.includes('\uFFFD')) return new Fault('expected UTF-8, got other bytes');
  return text;
}

/** A text that stands in an index, of a table or of a view: keys, names of artists, genres. */
export function readIndexedText(text: string): string | Fault {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxIndexedBytes) return new Fault(`expected at most ${maxIndexedBytes} bytes, got ${bytes}`);
  return readText(text);
}

/** One of a few words. */
export function readOneOf(words: readonly string[]): (text: string) => string | Fault {
  const known = new Set(words);
  return (text) => (known.has(text) ? text : unexpected(`one of ${words.join(', ')}`, text));
}
