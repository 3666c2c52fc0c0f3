import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar } from '../../scalars/index.js';

/** Requests by how they were answered, each counted once, and what is kept. */
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
    "This gateway's answers that are kept until the views move. Each cacheable request counts once.",
})
export class CacheStats {
  @Field(() => BigIntScalar, { description: 'Requests that were answered with a kept answer.' })
  hits!: number;

  @Field(() => BigIntScalar, { description: 'Requests that had to be executed, or waited for one that was.' })
  misses!: number;

  @Field(() => BigIntScalar, {
    description: 'Requests whose sender turned out to have the answer already, and got none.',
  })
  revalidated!: number;

  @Field(() => BigIntScalar, {
    description:
      'Requests that were answered with an older answer, marked as such, while the database was away.',
  })
  stale!: number;

  @Field(() => BigIntScalar, { description: 'Answers that had to make room for others.' })
  evictions!: number;

  @Field(() => BigIntScalar, { description: 'Answers that are kept.' })
  entries!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The share of requests that were not executed, 0 to 1; null before the first one.',
  })
  hitRatio!: number | null;

  @Field(() => BigIntScalar, { description: 'How much memory the kept answers take, in bytes, as reckoned.' })
  bytes!: number;
}

export function describeCache(counts: CacheCounts): CacheStats {
  const { hits, misses, revalidated, stale, evictions, entries, bytes } = counts;
  const requests = hits + misses + revalidated + stale;
  const hitRatio = requests === 0 ? null : (requests - misses) / requests;
  return { hits, misses, revalidated, stale, evictions, entries, hitRatio, bytes };
}
