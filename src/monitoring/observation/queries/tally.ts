import { bucketCount, bucketOf, middleOf } from './histogram.js';

/** One finished query. */
export interface Sample {
  readonly durationMs: number;
  readonly isSlow: boolean;
  readonly isError: boolean;
}

/** A tally in compact form: non-empty buckets only. */
export interface PackedTally {
  readonly count: number;
  readonly sumMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly errors: number;
  readonly slow: number;
  readonly buckets: Uint16Array;
  readonly counts: Uint32Array;
}

/** A duration histogram with totals, of constant size. */
export class Tally {
  count = 0;
  sumMs = 0;
  minMs = Number.POSITIVE_INFINITY;
  maxMs = 0;
  errors = 0;
  slow = 0;
  readonly #counts = new Uint32Array(bucketCount);
  #used = 0;

  add({ durationMs, isSlow, isError }: Sample): void {
    this.count += 1;
    this.sumMs += durationMs;
    if (durationMs < this.minMs) this.minMs = durationMs;
    if (durationMs > this.maxMs) this.maxMs = durationMs;
    if (isError) this.errors += 1;
    if (isSlow) this.slow += 1;
    this.#addTo(bucketOf(durationMs), 1);
  }

  merge(other: PackedTally): void {
    this.count += other.count;
    this.sumMs += other.sumMs;
    this.minMs = Math.min(this.minMs, other.minMs);
    this.maxMs = Math.max(this.maxMs, other.maxMs);
    this.errors += other.errors;
    this.slow += other.slow;
    other.buckets.forEach((bucket, index) => {
      this.#addTo(bucket, other.counts[index] as number);
    });
  }

  /** The quantile (nearest rank) in milliseconds; null without queries. */
  quantile(share: number): number | null {
    if (this.count === 0) return null;
    let left = Math.max(1, Math.ceil(share * this.count));
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      left -= this.#counts[bucket] as number;
      if (left <= 0) return Math.min(Math.max(middleOf(bucket), this.minMs), this.maxMs);
    }
    return this.maxMs;
  }

  pack(): PackedTally {
    const buckets = new Uint16Array(this.#used);
    const counts = new Uint32Array(this.#used);
    let next = 0;
    for (let bucket = 0; next < this.#used; bucket++) {
      const count = this.#counts[bucket] as number;
      if (count === 0) continue;
      buckets[next] = bucket;
      counts[next] = count;
      next += 1;
    }
    const { count, sumMs, minMs, maxMs, errors, slow } = this;
    return { count, sumMs, minMs, maxMs, errors, slow, buckets, counts };
  }

  #addTo(bucket: number, count: number): void {
    const before = this.#counts[bucket] as number;
    if (before === 0) this.#used += 1;
    this.#counts[bucket] = before + count;
  }
}
