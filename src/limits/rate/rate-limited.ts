import { GatewayError } from '../../errors.js';

/** Somebody has asked for more than is given to one subject in that time. */
export class RateLimited extends GatewayError {
  /** After how many whole seconds there is enough again. */
  readonly retryAfterSeconds: number;

  constructor(excessMs: number) {
    const seconds = Math.max(1, Math.ceil(excessMs / 1000));
    super(
      'RATE_LIMITED',
      `Too much was asked for in a short time: expected the next request in ${seconds} s at the earliest.`,
    );
    this.retryAfterSeconds = seconds;
  }
}
