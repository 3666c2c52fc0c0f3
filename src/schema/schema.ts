import { type GraphQLSchema, printSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { analyticsResolvers } from '../analytics/index.js';
import { enforceAccess } from '../auth/enforce-access.js';
import { callDirectly } from '../graphql/execution/direct-resolvers.js';
import { monitoringResolvers } from '../monitoring/index.js';
import { RefreshResolver } from '../refresh/resolver.js';

const resolvers = [...analyticsResolvers, RefreshResolver, ...monitoringResolvers] as const;

/** The whole schema, as an operator sees it, with every access rule in force. */
export async function createSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({ resolvers, validate: false });
  return enforceAccess(callDirectly(schema, resolvers));
}

/** The schema in its own language. */
export async function printSdl(): Promise<string> {
  return `${printSchema(await createSchema())}\n`;
}
