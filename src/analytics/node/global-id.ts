import { composedKey, splitKey } from '../../composed-key.js';

/** What a global identifier stands for: a type and the key of one of its objects. */
export interface GlobalId {
  readonly type: string;
  readonly key: readonly string[];
}

/** The identifier of an object among those of all types. Clients are not to read anything out of it. */
export function globalIdOf(type: string, ...key: readonly string[]): string {
  return Buffer.from(composedKey(type, ...key)).toString('base64url');
}

/** Null for what is no identifier. */
export function parseGlobalId(id: string): GlobalId | null {
  const [type, ...key] = splitKey(Buffer.from(id, 'base64url').toString()) ?? [];
  // Decoding ignores invalid characters, so accept only the canonical encoding.
  if (type === undefined || globalIdOf(type, ...key) !== id) return null;
  return { type, key };
}
