import type { Representation } from '../../cache/body.js';
import type { CacheResult, Answer as KeptAnswer } from '../../cache/question.js';
import { purgeKeys } from '../../edge/purge-keys.js';
import { namesTag } from '../requests/headers/entity-tags.js';
import { encodingFor } from '../requests/headers/negotiation.js';
import { type Answering, type Exchange, write } from './exchange.js';
import type { RecognisedRequest, SharedAnswers } from './shared-answers.js';

/** An answer of the cache, and how it was found. */
export interface Kept {
  readonly kind: 'hit' | 'miss' | 'stale';
  readonly answer: KeptAnswer;
}

/** Writes an answer of the cache, or 304 when the client has it. A promise where it has to be compressed first. */
export function writeKept(
  exchange: Exchange,
  answering: Answering,
  answers: SharedAnswers,
  kept: Kept,
  recognised: RecognisedRequest,
): Promise<void> | undefined {
  const body = answers.bodyOf(kept.answer, recognised, kept.kind === 'stale');
  const accepted = exchange.request.headers['accept-encoding'] as string | undefined;
  const encoded = body.encoded(encodingFor(accepted));
  const finish = (representation: Representation) =>
    writeRepresentation(exchange, answering, answers, kept, representation);
  if (encoded instanceof Promise) return encoded.catch(() => body.identity).then(finish);
  finish(encoded);
  return undefined;
}

function writeRepresentation(
  exchange: Exchange,
  answering: Answering,
  answers: SharedAnswers,
  { kind, answer }: Kept,
  { bytes, etag, encoding }: Representation,
): void {
  const { request, response, viewer } = exchange;
  if (response.destroyed) return;
  // A POST here is a query and gets a 304, too, although RFC 9110, section 13.1.2, has it for GET and HEAD
  // only.
  const isKnown = kind !== 'stale' && namesTag(request.headers['if-none-match'], etag);
  const result: CacheResult = isKnown ? 'revalidated' : kind;
  answers.cache.count(result);
  const { lastModified, maxAgeSeconds } = answers.timingOf(answer);
  const shared = kind === 'stale' ? 'no-cache' : `public, max-age=${maxAgeSeconds}`;
  // No cache on the way may keep the answers of those who signed in.
  const cacheControl = viewer.kind === 'public' ? shared : 'private, no-cache';
  const headers = ['x-cache', result, 'etag', etag, 'last-modified', lastModified];
  if (viewer.kind === 'public' && kind !== 'stale') headers.push(...purgeKeys(answer));
  if (isKnown) {
    write(exchange, answering, { status: 304, cacheControl, headers });
    return;
  }
  // Stale answers are out of the schedule's reach: they say how old they are.
  if (kind === 'stale') headers.push('warning', '110 - "Response is Stale"', 'age', answers.ageOf(answer));
  if (encoding !== 'identity') headers.push('content-encoding', encoding);
  write(exchange, answering, { status: 200, cacheControl, headers, body: bytes });
}
