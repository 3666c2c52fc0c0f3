/** Buckets per doubling of the duration. A value differs from the middle of its bucket by less than 0.8 %. */
const perDoubling = 64;
const doublings = 32;
/** Exponent of the smallest bucket: 2^-10 ms is about a microsecond. Shorter durations fall into the first bucket. */
const minExponent = -10;

/** Number of buckets, from about one microsecond to about 70 minutes. */
export const bucketCount = perDoubling * doublings;

const bits = new DataView(new ArrayBuffer(8));
/** Bucket index of 2^-10, counted from the smallest normal double. */
const offset = (1023 + minExponent) * perDoubling;

/**
 * The bucket of a duration in milliseconds. The upper bits of a double are its exponent, followed by the mantissa, so the
 * bucket (linear within each power of two) can be read from the bits.
 */
export function bucketOf(ms: number): number {
  if (!(ms > 0)) return 0;
  bits.setFloat64(0, ms);
  const bucket = (bits.getUint32(0) >>> 14) - offset;
  return Math.min(Math.max(bucket, 0), bucketCount - 1);
}

/** The middle of a bucket, in milliseconds. */
export function middleOf(bucket: number): number {
  const doubling = Math.floor(bucket / perDoubling);
  return 2 ** (minExponent + doubling) * (1 + ((bucket % perDoubling) + 0.5) / perDoubling);
}
