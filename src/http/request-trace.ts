import type { IncomingMessage, RequestListener } from 'node:http';
import type { readShortBody } from './requests/short-request.js';

/** Follows requests from their headers to the ends of their answers. There is none unless traces are wanted. */
export interface RequestTrace {
  /** Follows every request that a listener answers. */
  listening(listener: RequestListener): RequestListener;
  /** Keeps the request's async context when its body has been read. */
  reading(read: typeof readShortBody): typeof readShortBody;
  /** Does some work as part of a request that was answered meanwhile. */
  within(request: IncomingMessage, work: () => void): void;
}
