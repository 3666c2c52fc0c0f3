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
