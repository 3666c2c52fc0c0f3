/** PostGraphile 5 over the same six views and one of days: keys and the relation by smart tags, filters by the plugin everybody uses. */
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { makeJSONPgSmartTagsPlugin } from 'postgraphile/utils';
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter';
import { host, port, ready } from './listen.js';

const tags = makeJSONPgSmartTagsPlugin({
  version: 1,
  config: {
    class: {
      mv_artist_analytics: { tags: { primaryKey: 'artist_address' } },
      mv_song_analytics: {
        tags: {
          primaryKey: 'song_id',
          foreignKey:
            '(artist_address) references mv_artist_analytics (artist_address)|@fieldName artist|@foreignFieldName songs',
        },
      },
      // It orders only by what has an index unless it is told; these views have a hundred rows, ninety an artist and twenty.
      mv_top_songs_week: {
        tags: { primaryKey: 'song_id' },
        attribute: { rank: { tags: { behavior: 'orderBy' } } },
      },
      bench_artist_days: {
        tags: {
          primaryKey: 'artist_address,start',
          foreignKey:
            '(artist_address) references mv_artist_analytics (artist_address)|@foreignFieldName days',
        },
        attribute: { start: { tags: { behavior: 'orderBy' } } },
      },
      mv_genre_stats: {
        tags: { primaryKey: 'genre' },
        attribute: { popularity_rank: { tags: { behavior: 'orderBy' } } },
      },
    },
  },
});

const instance = postgraphile({
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  plugins: [tags],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ['public'],
      poolConfig: { max: 10 },
    }),
  ],
  schema: { defaultBehavior: 'list connection' },
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false, host, port },
  grafast: { explain: false },
});
const server = createServer();
server.on('error', (error) => {
  throw error;
});
const serv = instance.createServ(grafserv);
await serv.addTo(server);
server.listen(port, host, () => ready(port));
