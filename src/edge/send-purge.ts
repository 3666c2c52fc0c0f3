import { startDeadline } from '../deadline-signal.js';
import { everyAnswer } from './purge-keys.js';

/** How long an edge may take to answer, in milliseconds. */
const answerLimitMs = 2_000;

/** Why an edge did not purge, in words that repeat nothing of its URL. */
export class PurgeFailed extends Error {}

/**
 * Sends one PURGE with the key that every answer has.
 * @throws PurgeFailed when the edge cannot be reached, answers anything but 2xx, or nothing within two seconds
 */
export async function sendPurge(url: string, token: string | null, signal: AbortSignal): Promise<void> {
  const deadline = startDeadline(answerLimitMs, signal);
  try {
    const response = await fetch(url, {
      method: 'PURGE',
      headers: {
        'surrogate-key': everyAnswer,
        'cache-tag': everyAnswer,
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      redirect: 'manual',
      signal: deadline.signal,
    });
    await response.body?.cancel();
    if (!response.ok) throw new PurgeFailed(`answered ${response.status}`);
  } catch (error) {
    if (error instanceof PurgeFailed) throw error;
    // Messages of fetch may repeat the URL.
    const { name, cause } = error as Error & { cause?: { code?: unknown } };
    throw new PurgeFailed(String(cause?.code ?? name));
  } finally {
    deadline.end();
  }
}
