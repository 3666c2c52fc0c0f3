import type { IncomingMessage } from 'node:http';
import { bodyTooLarge, RequestRefused, wrongContentType } from './fault.js';
import {
  type DocumentTexts,
  type GraphqlRequest,
  readBody,
  readDocumentTarget,
  readUrl,
} from './graphql-request.js';
import { readWhole } from './read-whole.js';

/** Where a request has its parameters. The same text means something else in a URL than in a body. */
export type Place = 'url' | 'body';

/** A request that was read whole, and is parsed once. */
export class ReceivedRequest {
  readonly #read: () => GraphqlRequest;
  #outcome: { readonly request: GraphqlRequest } | { readonly error: unknown } | null = null;

  private constructor(
    readonly place: Place,
    /** The URL, or the body with each byte as one character, so that equal texts are equal bytes. */
    readonly raw: string,
    read: () => GraphqlRequest,
  ) {
    this.#read = read;
  }

  static ofUrl(url: string): ReceivedRequest {
    return new ReceivedRequest('url', url, () => readUrl(url));
  }

  /** `url` is that of one of the published `documents`. */
  static ofDocument(url: string, documents: DocumentTexts): ReceivedRequest {
    return new ReceivedRequest('url', url, () => readDocumentTarget(url, documents));
  }

  static ofBody(body: Buffer): ReceivedRequest {
    return new ReceivedRequest('body', body.toString('latin1'), () => readBody(body));
  }

  /** @throws GatewayError `BAD_USER_INPUT` */
  parse(): GraphqlRequest {
    if (!this.#outcome)
      try {
        this.#outcome = { request: this.#read() };
      } catch (error) {
        this.#outcome = { error };
      }
    if ('error' in this.#outcome) throw this.#outcome.error;
    return this.#outcome.request;
  }
}

/**
 * Reads a GET or POST whole; a body may have `maxBodyBytes`.
 * @throws RequestRefused (413, 415), or ClientDisconnected
 */
export async function receive(request: IncomingMessage, maxBodyBytes: number): Promise<ReceivedRequest> {
  const { method, headers } = request;
  if (method === 'GET') return ReceivedRequest.ofUrl(request.url as string);
  const length = Number(headers['content-length'] ?? 0);
  if (length > maxBodyBytes) throw new RequestRefused(bodyTooLarge(maxBodyBytes));
  const type = headers['content-type'];
  const isEmpty = length === 0 && headers['transfer-encoding'] === undefined;
  if (!isJsonInUtf8(type) && !(type === undefined && isEmpty))
    throw new RequestRefused(wrongContentType(type));
  return ReceivedRequest.ofBody(await readWhole(request, maxBodyBytes));
}

function isJsonInUtf8(type = ''): boolean {
  const match = /^\s*application\/json\s*(?:;(.*))?$/i.exec(type);
  if (!match) return false;
  const [, charset = 'utf-8'] = /(?:^|;)\s*charset\s*=\s*"?([^";\s]*)/i.exec(match[1] ?? '') ?? [];
  return /^(utf-?8|us-ascii)$/i.test(charset);
}
