import { sql } from 'kysely';
import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { Database } from '../../database/database.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { find } from './read.js';
import { Section, type Seen, seen } from './section.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'How often this database found a page in the server’s memory. What the operating system caches counts as read.',
})
export class BufferCache extends Section {
  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Pages that were found in memory since the statistics begin.',
  })
  hits?: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Pages that were not, since the statistics begin.',
  })
  reads?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Hits as a share of both, 0 to 1; above 0.9 is healthy once the server is warm. Null when no page was wanted.',
  })
  hitRatio?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the statistics were begun anew, in UTC; null if never since the database was made.',
  })
  statisticsResetAt?: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The same share for the time since this gateway was asked last; null at the first time, and when no page was wanted since.',
  })
  recentHitRatio?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When this gateway was asked last, in UTC; null at the first time.',
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

/** Remembers what was counted at the last look, so that the next one can tell what came since. */
export interface BufferCacheLooks {
  look(database: Database): Promise<Seen<BufferCache>>;
}

/** How close together looks are the same look: several dashboards, or fields of one question. In milliseconds. */
const sameLookMs = 1_000;

export function createBufferCacheLooks(now: () => Date): BufferCacheLooks {
  let last: Look | null = null;
  let previous: Look | null = null;
  return {
    async look(database) {
      const counts = await find(
        database,
        'bufferCache',
        sql<Counts>`
          select blks_hit as "hits", blks_read as "reads", stats_reset as "statisticsResetAt"
          from pg_stat_database where datname = current_database()`,
      );
      const current: Look = { ...counts, at: now() };
      if (last === null || current.at.getTime() - last.at.getTime() >= sameLookMs) {
        previous = last;
        last = current;
      }
      const since = previous && isBefore(previous, current) ? previous : null;
      return seen({
        ...counts,
        hitRatio: ratioOf(counts.hits, counts.reads),
        recentHitRatio: since && ratioOf(counts.hits - since.hits, counts.reads - since.reads),
        recentSince: since?.at ?? null,
      });
    },
  };
}

/** Counters that went back were begun anew, and tell nothing of the time between. */
function isBefore(earlier: Counts, later: Counts): boolean {
  return earlier.hits <= later.hits && earlier.reads <= later.reads;
}

function ratioOf(hits: number, reads: number): number | null {
  return hits + reads > 0 ? hits / (hits + reads) : null;
}
