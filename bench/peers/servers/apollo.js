/** Apollo Server on Fastify, as its documentation sets it up; with RESPONSE_CACHE=on also its response cache. */
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl';
import responseCachePlugin from '@apollo/server-plugin-response-cache';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import Fastify from 'fastify';
import { createContext } from './context.js';
import { host, port, ready } from './listen.js';
import { schema } from './schema.js';

const app = Fastify();
const isCaching = process.env.RESPONSE_CACHE === 'on';
const apollo = new ApolloServer({
  schema,
  plugins: [
    fastifyApolloDrainPlugin(app),
    ...(isCaching ? [ApolloServerPluginCacheControl({ defaultMaxAge: 3600 }), responseCachePlugin()] : []),
  ],
  ...(isCaching ? { cache: new InMemoryLRUCache({ maxSize: 64 * 2 ** 20 }) } : {}),
});
await apollo.start();
await app.register(fastifyApollo(apollo), { context: async () => createContext() });
await app.listen({ host, port });
ready(port);
