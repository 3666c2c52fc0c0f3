import { sql } from 'kysely';
import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import type { Reader } from '../../../database/reader/reader.js';
import { BigIntScalar, DateTimeScalar } from '../../../scalars/index.js';
import { find } from '../query.js';
import { type Available, available, Section } from '../section.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'Shared buffer hits of this database. Pages served from the operating system’s cache count as reads.',
})
export class BufferCache extends Section {
  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Pages found in shared buffers since the statistics began.',
  })
  hits?: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Pages not found in shared buffers since the statistics began.',
  })
  reads?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'hits / (hits + reads), 0 to 1; above 0.9 is healthy once the cache is warm. Null without page accesses.',
  })
  hitRatio?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Last reset of the statistics, in UTC; null if never.',
  })
  statisticsResetAt?: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The hit ratio since this field was last read from this gateway; null on the first read and without page accesses since.',
  })
  recentHitRatio?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When this field was last read from this gateway, in UTC; null on the first read.',
  })
  recentSince?: Date | null;
}

interface Counts {
  readonly hits: number;
  readonly reads: number;
  readonly statisticsResetAt: string | null;
}

interface Look extends Counts {
  readonly at: Date;
}

/** Keeps the previous counters, so that the next read can compute the recent hit ratio. */
export interface BufferCacheReader {
  read(reader: Reader): Promise<Available<BufferCache>>;
}

/** Reads closer together than this share one baseline, in milliseconds: several dashboards, or fields of one query. */
const minIntervalMs = 1_000;

export function createBufferCacheReader(now: () => Date): BufferCacheReader {
  let last: Look | null = null;
  let previous: Look | null = null;
  return {
    async read(reader) {
      const counts = await find(
        reader,
        'bufferCache',
        sql<Counts>`
          select blks_hit as "hits", blks_read as "reads", stats_reset as "statisticsResetAt"
          from pg_stat_database where datname = current_database()`,
      );
      const current: Look = { ...counts, at: now() };
      if (last === null || current.at.getTime() - last.at.getTime() >= minIntervalMs) {
        previous = last;
        last = current;
      }
      const since = previous && isBefore(previous, current) ? previous : null;
      return available({
        ...counts,
        hitRatio: ratioOf(counts.hits, counts.reads),
        recentHitRatio: since && ratioOf(counts.hits - since.hits, counts.reads - since.reads),
        recentSince: since?.at ?? null,
      });
    },
  };
}

/** Counters that decreased were reset in between. */
function isBefore(earlier: Counts, later: Counts): boolean {
  return earlier.hits <= later.hits && earlier.reads <= later.reads;
}

function ratioOf(hits: number, reads: number): number | null {
  return hits + reads > 0 ? hits / (hits + reads) : null;
}
