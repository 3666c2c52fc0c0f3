import type { Limits, Tier } from '../../config/limits.js';
import type { DocumentGuard } from '../../limits/documents/document-guard.js';
import type { ClientNames } from '../requests/headers/client-names.js';
import type { RateGate } from './rate-gate.js';

/** What requests may ask for, and who has asked for too much. */
export interface RequestLimits {
  readonly tiers: Readonly<Record<Tier, Limits>>;
  readonly guard: Pick<DocumentGuard, 'check'>;
  /** Null: no rate limit. */
  readonly rate: RateGate | null;
  /** Who asks, for their share of the connections. */
  readonly clients: ClientNames;
}
