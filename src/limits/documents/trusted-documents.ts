import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The documents that the public may ask where it may not ask anything else. */
export interface TrustedDocuments {
  holds(text: string): boolean;
  /** The text under a SHA-256 in hexadecimal digits, so that clients need not send it. */
  find(sha256: string): string | undefined;
  readonly count: number;
}

/**
 * Reads a manifest: an object with a document under the SHA-256 of its text, as `npm run generate` writes it.
 * @throws Error when the file is something else, or a hash is not that of its text.
 */
export function readTrustedDocuments(file: string): TrustedDocuments {
  const texts = new Map(Object.entries(parseManifest(file)));
  const held = new Set<string>();
  for (const [sha256, text] of texts) {
    if (typeof text !== 'string' || sha256Of(text) !== sha256)
      throw new Error(
        `The trusted documents in ${file}: expected a text under its SHA-256, got another under ${sha256}.`,
      );
    held.add(text);
  }
  return { holds: (text) => held.has(text), find: (sha256) => texts.get(sha256), count: held.size };
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parseManifest(file: string): Record<string, string> {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof manifest === 'object' && manifest !== null && !Array.isArray(manifest))
      return manifest as Record<string, string>;
  } catch (cause) {
    throw new Error(`The trusted documents: expected JSON in ${file}, got something else.`, { cause });
  }
  throw new Error(`The trusted documents in ${file}: expected one object, got something else.`);
}
