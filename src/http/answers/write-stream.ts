import type { ServerResponse } from 'node:http';

/** Nobody has read anything of an answer for too long. */
class StalledReader extends Error {}

/**
 * Writes chunks as fast as they are read: the next one is asked for when the socket has room. It leaves the end of the
 * answer to the caller.
 * @throws Error the reason of `signal`, or when nothing was read for `stalledLimitMs`
 */
export async function writeStream(
  response: ServerResponse,
  chunks: AsyncIterable<string | Uint8Array>,
  { signal, stalledLimitMs }: { readonly signal: AbortSignal; readonly stalledLimitMs: number },
): Promise<void> {
  for await (const chunk of chunks) {
    if (signal.aborted) throw signal.reason;
    if (!response.write(chunk)) await untilDrained(response, signal, stalledLimitMs);
  }
}

/** Ends an answer in the middle, so that no client can take it for a whole one: also where its end is that of the connection. */
export function breakOff(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
  response.destroy();
}

function untilDrained(response: ServerResponse, signal: AbortSignal, limitMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      response.off('drain', onDrain);
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onDrain = () => end(resolve);
    const onAbort = () => end(() => reject(signal.reason));
    const timer = setTimeout(
      () => end(() => reject(new StalledReader(`Nothing was read for ${limitMs} ms.`))),
      limitMs,
    );
    response.once('drain', onDrain);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}
