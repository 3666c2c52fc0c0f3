import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { ownBytes } from '../memory.js';

/** Content codings, the most expensive first. */
export type Encoding = 'br' | 'gzip' | 'identity';

/** The bytes of one body in one encoding, and the tag that names exactly these bytes. */
export interface Representation {
  readonly encoding: Encoding;
  readonly bytes: Buffer;
  /** A strong entity tag, quotes included. */
  readonly etag: string;
}

/** A body that is written many times: compressed once, tagged by its content. */
export interface Body {
  readonly identity: Representation;
  /** In bytes, without what compressing adds. */
  readonly length: number;
  /** Ready at once when it was asked for before. */
  encoded(encoding: Encoding): Representation | Promise<Representation>;
}

/** Below this many bytes a body fits into one packet anyway. */
const worthCompressing = 860;

const compress = {
  // Quality 5 takes about as long as gzip and ends smaller; this runs once per body.
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
};

export function createBody(text: string): Body {
  const bytes = ownBytes(Buffer.from(text));
  const digest = hash('sha256', bytes, 'base64url').slice(0, 27);
  const identity: Representation = { encoding: 'identity', bytes, etag: `"${digest}"` };
  const encodings = new Map<Encoding, Representation | Promise<Representation>>([['identity', identity]]);
  return {
    identity,
    length: bytes.length,
    encoded(encoding) {
      const ready = encodings.get(encoding);
      if (ready || encoding === 'identity') return ready ?? identity;
      if (bytes.length < worthCompressing) return identity;
      const running = compress[encoding](bytes).then(
        (compressed) => {
          const representation: Representation = {
            encoding,
            bytes: ownBytes(compressed),
            etag: `"${digest}-${encoding}"`,
          };
          encodings.set(encoding, representation);
          return representation;
        },
        (error: unknown) => {
          encodings.delete(encoding);
          throw error;
        },
      );
      encodings.set(encoding, running);
      return running;
    },
  };
}
