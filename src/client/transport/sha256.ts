import { PublishedDocument, type TypedText } from '../document.js';

const hashes = new Map<string, string>();

/** @returns null where the browser cannot tell: it has no `crypto.subtle` on pages that came by plain HTTP. */
export async function sha256Of(document: TypedText<unknown, never>): Promise<string | null> {
  if (document instanceof PublishedDocument) return document.hash;
  if (!globalThis.crypto?.subtle) return null;
  const text = String(document);
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const hash = Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
  hashes.set(text, hash);
  return hash;
}
