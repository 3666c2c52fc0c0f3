import type { IncomingHttpHeaders } from 'node:http';

/** What tells an answer from others to the same question. */
export interface AnswerMarks {
  /** Without a content coding. */
  readonly etag: string;
  /** An HTTP date. */
  readonly lastModified: string;
}

/** The newest generation that a client says it was told; null where it says none, or nothing that is a whole number. */
export function seenGenerationOf(headers: IncomingHttpHeaders): number | null {
  const said = headers['x-seen-generation'];
  return typeof said === 'string' && /^\d{1,15}$/.test(said) ? Number(said) : null;
}

/**
 * Whether a client may have been shown a newer refresh than the one of an answer, by another gateway that heard of it
 * earlier. Its generation decides where it says one, and otherwise the dates of both answers; within one second, and where
 * there is no date, a tag that is not the answer's may be of a newer one.
 * @param marksOf called only where they decide
 */
export function mayHaveSeenNewer(
  headers: IncomingHttpHeaders,
  generation: number,
  marksOf: () => AnswerMarks,
): boolean {
  const seen = seenGenerationOf(headers);
  if (seen !== null) return seen > generation;
  const { 'if-none-match': tags, 'if-modified-since': since } = headers;
  if (tags === undefined && since === undefined) return false;
  const { etag, lastModified } = marksOf();
  if (since !== undefined && since !== lastModified) {
    const aheadMs = Date.parse(since) - Date.parse(lastModified);
    if (aheadMs > 0) return true;
    if (aheadMs < 0) return false;
  }
  // Tags of other content codings end otherwise.
  return tags !== undefined && tags !== '*' && !tags.includes(etag.slice(1, -1));
}
