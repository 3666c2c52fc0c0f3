/** The same answers without GraphQL: node:http, pg, a statement or two for each question, and JSON.stringify. */
import { createServer } from 'node:http';
import { host, port, ready } from './listen.js';
import { rows } from './pool.js';

const strategies = {
  'pay-per-stream': 'PAY_PER_STREAM',
  'gift-economy': 'GIFT_ECONOMY',
  patronage: 'PATRONAGE',
  auction: 'AUCTION',
};
const named = (songs) => {
  for (const song of songs) song.strategy = strategies[song.strategy];
  return songs;
};

const questions = {
  async trending({ first }) {
    const found = named(
      await rows(
        `select song_id as "songId", title, genre, strategy, play_count as "playCount",
         trending_score as "trendingScore", artist_address as "artistAddress"
         from mv_song_analytics order by trending_score desc, song_id limit $1`,
        [first],
      ),
    );
    const artists = await rows(
      `select artist_address as "artistAddress", artist_name as "artistName", total_plays as "totalPlays"
       from mv_artist_analytics where artist_address = any($1)`,
      [[...new Set(found.map((song) => song.artistAddress))]],
    );
    const byAddress = new Map(artists.map((artist) => [artist.artistAddress, artist]));
    return {
      trendingSongs: found.map(({ artistAddress, ...song }) => ({
        ...song,
        artist: byAddress.get(artistAddress) ?? null,
      })),
    };
  },
  async platform() {
    const [platformStats] = await rows(
      `select total_artists as "totalArtists", total_songs as "totalSongs", total_plays as "totalPlays",
       total_listeners as "totalListeners", total_volume as "totalVolume", avg_payment as "avgPayment",
       songs_pay_per_stream as "songsPayPerStream", songs_gift_economy as "songsGiftEconomy",
       songs_patronage as "songsPatronage", songs_auction as "songsAuction", plays_last_24h as "playsLast24h",
       plays_last_7d as "playsLast7d", plays_last_30d as "playsLast30d", new_songs_last_7d as "newSongsLast7d",
       new_songs_last_30d as "newSongsLast30d" from mv_platform_stats`,
    );
    return { platformStats };
  },
  async chart({ first }) {
    return {
      topSongsThisWeek: await rows(
        `select song_id as "songId", title, artist_address as "artistAddress", artist_name as "artistName", genre,
         plays, rank from mv_top_songs_week order by rank, song_id limit $1`,
        [first],
      ),
    };
  },
  async genres() {
    return {
      genres: await rows(
        `select genre, total_songs as "totalSongs", total_artists as "totalArtists", total_plays as "totalPlays",
         total_earnings as "totalEarnings", avg_earning_per_play as "avgEarningPerPlay",
         unique_listeners as "uniqueListeners", plays_last_7d as "playsLast7d", popularity_rank as "popularityRank"
         from mv_genre_stats order by popularity_rank, genre`,
      ),
    };
  },
  async songs({ genres, plays, first }) {
    const found = named(
      await rows(
        `select song_id as "songId", title, genre, strategy, play_count as "playCount",
         unique_listeners as "uniqueListeners", total_earnings as "totalEarnings"
         from mv_song_analytics where genre = any($1) and play_count >= $2
         order by play_count desc, song_id limit $3`,
        [genres, plays, first + 1],
      ),
    );
    return { songs: { nodes: found.slice(0, first), pageInfo: { hasNextPage: found.length > first } } };
  },
  async artist({ address }) {
    const [[artist], topSongs] = await Promise.all([
      rows(
        `select artist_address as "artistAddress", artist_name as "artistName", total_songs as "totalSongs",
         total_plays as "totalPlays", unique_listeners as "uniqueListeners", total_earnings as "totalEarnings",
         last_play_date as "lastPlayDate" from mv_artist_analytics where artist_address = $1`,
        [address],
      ),
      rows(
        `select song_id as "songId", title, genre, play_count as "playCount", total_earnings as "totalEarnings",
         last_played as "lastPlayed" from mv_song_analytics where artist_address = $1
         order by play_count desc, song_id limit 10`,
        [address],
      ),
    ]);
    return { artist: artist ? { ...artist, topSongs } : null };
  },
  async series({ address }) {
    const buckets = await rows(
      'select start, plays, earnings from bench_artist_days where artist_address = $1 order by start',
      [address],
    );
    return { artist: { series: { buckets } } };
  },
};

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    try {
      const { question, variables } = JSON.parse(Buffer.concat(chunks).toString());
      const body = JSON.stringify({ data: await questions[question](variables ?? {}) });
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
}).listen(port, host, () => ready(port));
