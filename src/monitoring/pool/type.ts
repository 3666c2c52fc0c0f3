import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    "The gateway's connections for analytics, at this moment. Monitoring has others of its own and does not wait for these.",
})
export class ConnectionPool {
  @Field(() => Int, { description: 'Connections that are open, in use or not.' })
  total!: number;

  @Field(() => Int, { description: 'Open connections that nobody uses.' })
  idle!: number;

  @Field(() => Int, { description: 'Connections in use.' })
  active!: number;

  @Field(() => Int, { description: 'Queries that wait for a connection.' })
  waiting!: number;

  @Field(() => Float, {
    description: 'How much of what the pool may open is in use, in percent: 100 × active / max.',
  })
  utilization!: number;

  @Field(() => Int, { description: 'How many connections the pool may open.' })
  max!: number;
}
