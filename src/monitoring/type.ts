import { Field, ObjectType } from 'type-graphql';
import { Access } from '../auth/access.js';
import { DateTimeScalar } from '../scalars/index.js';

/** The root of monitoring. Each sub-folder adds its fields through a `@Resolver(() => Monitoring)`. */
@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'The health of the database and of the gateway. For operators.',
})
export class Monitoring {
  @Field(() => DateTimeScalar, { description: 'When these values were read, in UTC.' })
  observedAt!: Date;
}
