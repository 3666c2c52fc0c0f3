import { sql } from 'kysely';
import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import type { Reader } from '../../../database/reader/reader.js';
import { BigIntScalar } from '../../../scalars/index.js';
import { find } from '../query.js';
import { type Available, available, Section } from '../section.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'Distance from transaction id wraparound. At an age of about two billion PostgreSQL refuses writes; vacuum reduces the age.',
})
export class Wraparound extends Section {
  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Age of the oldest unfrozen transaction id, in transactions.',
  })
  transactionAge?: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Age of the oldest multixact id.',
  })
  multixactAge?: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'autovacuum_freeze_max_age: the age at which PostgreSQL vacuums even with autovacuum off.',
  })
  vacuumForcedAtAge?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Age as a percentage of the age at which writes are refused. Above 40 needs attention.',
  })
  percentTowardsRefusal?: number | null;
}

export async function readWraparound(reader: Reader): Promise<Available<Wraparound>> {
  const facts = await find(
    reader,
    'wraparound',
    sql<Required<Omit<Wraparound, 'available' | 'needs'>>>`
      select age(datfrozenxid)::bigint as "transactionAge", mxid_age(datminmxid)::bigint as "multixactAge",
        current_setting('autovacuum_freeze_max_age')::bigint as "vacuumForcedAtAge",
        (100.0 * greatest(age(datfrozenxid), mxid_age(datminmxid)) / 2147483647)::float8 as "percentTowardsRefusal"
      from pg_database where datname = current_database()`,
  );
  return available(facts);
}
