/** One tag of an `If-None-Match`, weak or not. */
const tag = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;
const list =
  /^\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")*\s*,?\s*$/;

/**
 * Whether an `If-None-Match` names the answer: `*` names every one, a weak tag is as good as a strong one here, and
 * what is no list of tags names nothing (RFC 9110, 13.1.2).
 */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag || header.trim() === '*') return true;
  if (!list.test(header)) return false;
  return [...header.matchAll(tag)].some(([, opaque]) => opaque === etag);
}
