import { everyAnswer } from './purge-keys.js';

/** How long an edge may take to answer, in milliseconds. */
const answerLimitMs = 2_000;

/**
 * Has an edge forget every answer of this gateway: a PURGE that names the key which all of them have.
 * @throws Error when it says anything but 2xx, or nothing within two seconds
 */
export async function sendPurge(url: string, token: string | null, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, {
    method: 'PURGE',
    headers: {
      'surrogate-key': everyAnswer,
      'cache-tag': everyAnswer,
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerLimitMs)]),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`expected an answer of 2xx, got ${response.status}`);
}
