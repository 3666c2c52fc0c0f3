import type { IncomingHttpHeaders } from 'node:http';
import { type Readable, Transform } from 'node:stream';

/** A body that is longer than whoever sent it may send. */
export class BodyTooLarge extends Error {
  readonly code = 'FST_ERR_CTP_BODY_TOO_LARGE';

  constructor(readonly limit: number) {
    super('The body is too large.');
  }
}

/**
 * The body as a stream that ends with an error once it is longer than `limit` bytes.
 * @throws BodyTooLarge at once, when its length was told.
 */
export function atMost(limit: number, body: Readable, headers: IncomingHttpHeaders): Readable {
  const told = headers['content-length'];
  if (told !== undefined) {
    if (Number(told) > limit) throw new BodyTooLarge(limit);
    return body;
  }
  let received = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      if (received <= limit) return done(null, chunk);
      // The rest is for whoever answers to take in; the connection has to stay open for the answer.
      body.unpipe(counted);
      done(new BodyTooLarge(limit));
    },
  });
  // Nobody listens when the request was refused before its body was read; an abort must not end the process then.
  counted.on('error', () => {});
  body.once('error', (error) => counted.destroy(error));
  body.once('close', () => {
    if (!body.readableEnded) counted.destroy();
  });
  return body.pipe(counted);
}
