import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    "The gateway's connection pool for analytics queries, at this moment. Monitoring uses a separate pool and does not wait for this one.",
})
export class ConnectionPool {
  @Field(() => Int, { description: 'Open connections, active and idle.' })
  total!: number;

  @Field(() => Int, { description: 'Idle connections.' })
  idle!: number;

  @Field(() => Int, { description: 'Active connections.' })
  active!: number;

  @Field(() => Int, { description: 'Queries waiting for a connection.' })
  waiting!: number;

  @Field(() => Float, {
    description: 'Utilization in percent: 100 × active / max.',
  })
  utilization!: number;

  @Field(() => Int, { description: 'The maximum number of connections.' })
  max!: number;
}
