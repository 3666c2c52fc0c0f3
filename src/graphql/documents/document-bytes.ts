import type { DocumentNode } from 'graphql';
import { textBytes } from '../../memory.js';

/** What a document takes whatever is in it, in bytes. */
const documentBase = 1_000;
/** What each token comes to, with the node that it belongs to. Measured: 180 to 350 bytes. */
const bytesPerToken = 350;

/** How many tokens a document has; 0 for one that was parsed without their places. */
export function tokensOf(document: DocumentNode): number {
  let count = 0;
  for (let token = document.loc?.startToken; token; token = token.next ?? undefined) count += 1;
  return count;
}

/** The memory of a parsed document with its source: tokens decide, because one of them may be a single character. */
export function documentBytes(document: DocumentNode): number {
  return documentBase + textBytes(document.loc?.source.body ?? '') + tokensOf(document) * bytesPerToken;
}
