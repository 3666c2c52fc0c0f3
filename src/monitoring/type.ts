import { Field, ObjectType } from 'type-graphql';
import { Access } from '../auth/access.js';
import { DateTimeScalar } from '../scalars/index.js';

/** The door to everything below `monitoring`; each of its fields is resolved by the folder that knows it. */
@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'The health of the database and of the gateway. For operators.',
})
export class Monitoring {
  @Field(() => DateTimeScalar, { description: 'When the gateway looked, in UTC.' })
  observedAt!: Date;
}
