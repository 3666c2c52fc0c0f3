/** GraphQL Yoga on node:http; with RESPONSE_CACHE=on its response cache, one for everybody. */
import { createServer } from 'node:http';
import { useResponseCache } from '@graphql-yoga/plugin-response-cache';
import { createYoga } from 'graphql-yoga';
import { createContext } from './context.js';
import { host, port, ready } from './listen.js';
import { schema } from './schema.js';

const yoga = createYoga({
  schema,
  context: createContext,
  graphiql: false,
  logging: false,
  plugins:
    process.env.RESPONSE_CACHE === 'on' ? [useResponseCache({ session: () => null, ttl: 3_600_000 })] : [],
});
createServer(yoga).listen(port, host, () => ready(port));
