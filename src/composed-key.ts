export type KeyPart = string | number | boolean | null | undefined;

/**
 * One key for several parts, which no other list of parts has: each text stands behind its length, so that no part can
 * run into the next, whatever it holds.
 */
export function composedKey(...parts: readonly KeyPart[]): string {
  let key = '';
  for (const part of parts) key += typeof part === 'string' ? `${part.length}:${part}` : `${part};`;
  return key;
}

/** The texts that a key was composed of; null for what is no key, or has other parts than texts. */
export function splitKey(key: string): readonly string[] | null {
  const parts: string[] = [];
  for (let at = 0; at < key.length; ) {
    const length = /^(?:0|[1-9]\d{0,8})(?=:)/.exec(key.slice(at, at + 10))?.[0];
    if (length === undefined) return null;
    const start = at + length.length + 1;
    at = start + Number(length);
    if (at > key.length) return null;
    parts.push(key.slice(start, at));
  }
  return parts;
}
