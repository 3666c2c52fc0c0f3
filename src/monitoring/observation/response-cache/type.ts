import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { BigIntScalar } from '../../../scalars/index.js';

/** Cacheable requests by result, each counted once, and the size of the cache. */
export interface CacheCounts {
  readonly hits: number;
  readonly misses: number;
  readonly revalidated: number;
  readonly stale: number;
  readonly evictions: number;
  readonly entries: number;
  readonly bytes: number;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    "This gateway's response cache, valid until the next refresh. Each cacheable request counts once.",
})
export class CacheStats {
  @Field(() => BigIntScalar, { description: 'Requests answered from the cache.' })
  hits!: number;

  @Field(() => BigIntScalar, {
    description: 'Requests that were executed, or waited for an identical one in execution.',
  })
  misses!: number;

  @Field(() => BigIntScalar, {
    description: 'Requests answered with 304, because the client had the current response.',
  })
  revalidated!: number;

  @Field(() => BigIntScalar, {
    description:
      'Requests answered with an older response, marked as stale, while the database was unavailable.',
  })
  stale!: number;

  @Field(() => BigIntScalar, { description: 'Responses evicted to make room.' })
  evictions!: number;

  @Field(() => BigIntScalar, { description: 'Responses in the cache.' })
  entries!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Fraction of requests that were not executed, 0 to 1; null before the first request.',
  })
  hitRatio!: number | null;

  @Field(() => BigIntScalar, { description: 'Estimated memory of the cached responses, in bytes.' })
  bytes!: number;
}

export function describeCache(counts: CacheCounts): CacheStats {
  const { hits, misses, revalidated, stale, evictions, entries, bytes } = counts;
  const requests = hits + misses + revalidated + stale;
  const hitRatio = requests === 0 ? null : (requests - misses) / requests;
  return { hits, misses, revalidated, stale, evictions, entries, hitRatio, bytes };
}
