/**
 * Fetches an answer and stops reading it once it is longer than `limit` bytes: reading its body fails then, and the
 * connection is closed.
 */
export async function fetchAtMost(limit: number, url: string, options: RequestInit): Promise<Response> {
  const { status, headers, body } = await fetch(url, options);
  if (body === null) return new Response(null, { status, headers });
  let received = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      received += chunk.byteLength;
      if (received <= limit) controller.enqueue(chunk);
      else controller.error(new Error(`Expected at most ${limit} bytes from ${url}, got more.`));
    },
  });
  return new Response(body.pipeThrough(counting), { status, headers });
}
