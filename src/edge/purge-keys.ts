import type { Source } from '../views/reading.js';

/** What an answer was made of. */
export interface AnswerOrigin {
  readonly generation: number;
  readonly sources: ReadonlySet<Source>;
}

/** Every cacheable answer has this key, so that one purge removes all of them from an edge. */
export const everyAnswer = 'mycelix-analytics';

/** The headers for the generation that was answered last, by the views that were read. */
const remembered = new WeakMap<
  ReadonlySet<Source>,
  { readonly generation: number; readonly headers: readonly string[] }
>();

/**
 * The headers that say what an edge may purge an answer by: the views that it was made of, and its generation.
 * `Surrogate-Key` is read by Fastly and by the example for Varnish, `Cache-Tag` by Cloudflare and Akamai.
 */
export function purgeKeys({ generation, sources }: AnswerOrigin): readonly string[] {
  const known = remembered.get(sources);
  if (known?.generation === generation) return known.headers;
  const keys = [everyAnswer, ...[...sources].sort(), `generation-${generation}`];
  const headers = ['surrogate-key', keys.join(' '), 'cache-tag', keys.join(',')];
  remembered.set(sources, { generation, headers });
  return headers;
}
