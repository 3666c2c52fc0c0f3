import { sql } from 'kysely';
import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { Database } from '../../database/database.js';
import { BigIntScalar } from '../../scalars/index.js';
import { find } from './read.js';
import { Section, type Seen, seen } from './section.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'How far this database is from running out of transaction ids. At two thousand million PostgreSQL refuses to write; vacuum brings the age down.',
})
export class Wraparound extends Section {
  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Age of the oldest transaction id still in use, in transactions.',
  })
  transactionAge?: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'The same for the ids of row locks that several transactions share.',
  })
  multixactAge?: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'The age at which PostgreSQL vacuums by itself whatever else it was told: autovacuum_freeze_max_age.',
  })
  vacuumForcedAtAge?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'How much of the way to refusing writes has been gone, in percent. Above 40 needs attention.',
  })
  percentTowardsRefusal?: number | null;
}

export async function readWraparound(database: Database): Promise<Seen<Wraparound>> {
  const facts = await find(
    database,
    'wraparound',
    sql<Required<Omit<Wraparound, 'available' | 'needs'>>>`
      select age(datfrozenxid)::bigint as "transactionAge", mxid_age(datminmxid)::bigint as "multixactAge",
        current_setting('autovacuum_freeze_max_age')::bigint as "vacuumForcedAtAge",
        (100.0 * greatest(age(datfrozenxid), mxid_age(datminmxid)) / 2147483647)::float8 as "percentTowardsRefusal"
      from pg_database where datname = current_database()`,
  );
  return seen(facts);
}
