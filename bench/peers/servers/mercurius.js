/** Mercurius with its JIT; with RESPONSE_CACHE=on also mercurius-cache over every resolver that reads. */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import mercuriusCache from 'mercurius-cache';
import { createContext } from './context.js';
import { host, port, ready } from './listen.js';
import { schema } from './schema.js';

const app = Fastify();
await app.register(mercurius, { schema, jit: 1, context: createContext });
if (process.env.RESPONSE_CACHE === 'on')
  await app.register(mercuriusCache, {
    ttl: 3600,
    storage: { type: 'memory', options: { size: 8192 } },
    policy: {
      Query: {
        trendingSongs: true,
        platformStats: true,
        topSongsThisWeek: true,
        genres: true,
        songs: true,
        artist: true,
      },
      // What it keeps is what a resolver gave, so what hangs on it has to be kept too, by as short a key as possible.
      Song: { artist: { key: ({ self }) => self.artistAddress } },
      Artist: { topSongs: { key: ({ self, arg }) => `${self.artistAddress} ${arg.first}` } },
    },
  });
await app.listen({ host, port });
ready(port);
