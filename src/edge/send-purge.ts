import { everyAnswer } from './purge-keys.js';

/** How long an edge may take to answer, in milliseconds. */
const answerLimitMs = 2_000;

/**
 * Has an edge forget every answer of this gateway: a PURGE that names the key which all of them have.
 * @throws Error when it says anything but 2xx, or nothing within two seconds
 */
export async function sendPurge(url: string, token: string | null, signal: AbortSignal): Promise<void> {
  // Node.js 20 may collect the signals of AbortSignal.any and AbortSignal.timeout before they abort.
  const ending = new AbortController();
  const end = () => ending.abort(new Error('expected an answer, got none in time'));
  const timer = setTimeout(end, answerLimitMs);
  signal.addEventListener('abort', end, { once: true });
  try {
    const response = await fetch(url, {
      method: 'PURGE',
      headers: {
        'surrogate-key': everyAnswer,
        'cache-tag': everyAnswer,
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      redirect: 'manual',
      signal: ending.signal,
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`expected an answer of 2xx, got ${response.status}`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
