import type { IncomingHttpHeaders } from 'node:http';

/** What tells one answer to a question from another. */
export interface AnswerMarks {
  readonly generation: number;
  /** Without a content coding. */
  readonly etag: string;
  /** An HTTP date. */
  readonly lastModified: string;
}

/** Says the newest generation that a client was told, in any of its answers. */
const seenGenerationHeader = 'x-seen-generation';

/** The newest generation that a client says it was told; null where it says none, or nothing that is a whole number. */
export function seenGenerationOf(headers: IncomingHttpHeaders): number | null {
  const said = headers[seenGenerationHeader];
  return typeof said === 'string' && /^\d{1,15}$/.test(said) ? Number(said) : null;
}

/** Whether a request says what its client has seen. */
export function saysWhatWasSeen(headers: IncomingHttpHeaders): boolean {
  return (
    headers[seenGenerationHeader] !== undefined ||
    headers['if-none-match'] !== undefined ||
    headers['if-modified-since'] !== undefined
  );
}

/**
 * Whether a client may have been shown a newer refresh than the one of an answer, by another gateway that heard of it
 * earlier. Its generation decides where it says one, and otherwise the dates of both answers; within one second, and where
 * there is no date, a tag that is not the answer's may be of a newer one.
 */
export function mayHaveSeenNewer(headers: IncomingHttpHeaders, answer: AnswerMarks): boolean {
  const generation = seenGenerationOf(headers);
  if (generation !== null) return generation > answer.generation;
  const { 'if-none-match': tags, 'if-modified-since': since } = headers;
  if (since !== undefined && since !== answer.lastModified) {
    const aheadMs = Date.parse(since) - Date.parse(answer.lastModified);
    if (aheadMs > 0) return true;
    if (aheadMs < 0) return false;
  }
  // Tags of other content codings end otherwise.
  return tags !== undefined && tags !== '*' && !tags.includes(answer.etag.slice(1, -1));
}
