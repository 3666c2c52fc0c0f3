import { addDecimals } from '../../scalars/add-decimals.js';
import type { SeriesTotals } from './type.js';

/** The exact sums of buckets; zeros of none. */
export function addUp(buckets: readonly SeriesTotals[]): SeriesTotals {
  return {
    plays: sum(buckets.map(({ plays }) => plays)),
    earnings: addDecimals(buckets.map(({ earnings }) => earnings)),
    listenedSeconds: sum(buckets.map(({ listenedSeconds }) => listenedSeconds)),
  };
}

function sum(counts: readonly (number | bigint)[]): bigint {
  return counts.reduce<bigint>((total, count) => total + BigInt(count), 0n);
}
