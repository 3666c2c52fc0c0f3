/** Buckets for each doubling of a duration. A value is told from the middle of its bucket by less than 0.8 %. */
const perDoubling = 64;
const doublings = 32;
/** About a microsecond, in milliseconds, as a power of two; everything shorter falls into the first bucket. */
const smallest = -10;

/** How many buckets there are: from about one microsecond to about 70 minutes. */
export const bucketCount = perDoubling * doublings;

const bits = new DataView(new ArrayBuffer(8));
/** Where the smallest value stands among all doubles, counted in buckets. */
const offset = (1023 + smallest) * perDoubling;

/**
 * The bucket of a duration in milliseconds. A double holds its logarithm to the base of two in its upper bits, and
 * the linear part of it in those that follow, so the bucket can be read off without calculating.
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
  return 2 ** (smallest + doubling) * (1 + ((bucket % perDoubling) + 0.5) / perDoubling);
}
