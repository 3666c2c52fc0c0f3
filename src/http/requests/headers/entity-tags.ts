/** One tag of a list, weak or not, and the comma or the end behind it. It is read from where the one before ended. */
const nextTag = /[ \t]*(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(,|$)/y;

/**
 * Whether an `If-None-Match` names the answer: `*` names every one, a weak tag is as good as a strong one here, and
 * what is no list of tags names nothing (RFC 9110, 13.1.2).
 */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  const text = header.trim();
  if (text === '*') return true;
  let isNamed = false;
  let at = 0;
  while (at < text.length) {
    nextTag.lastIndex = at;
    const match = nextTag.exec(text);
    if (!match) return false;
    isNamed ||= match[1] === etag;
    at = nextTag.lastIndex;
  }
  return isNamed;
}
