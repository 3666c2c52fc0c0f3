import { readFileSync } from 'node:fs';
import { viewNames } from '../../test/refresh/oracle.js';
import type { Bench } from './server.js';

/** The same six views defined over the tables, as the guide has them; the plain definitions of the tests serve for it. */
export async function makePlainViews(bench: Bench): Promise<void> {
  await bench.client.query('create schema recomputed');
  for (const view of viewNames) {
    const definition = readFileSync(
      new URL(`../../migrations/views/${view}.plain.sql`, import.meta.url),
      'utf8',
    ).replaceAll(/:(published_)?as_of/g, 'now()');
    await bench.client.query(`create materialized view recomputed.${view} as ${definition} with no data`);
    const key =
      {
        mv_artist_analytics: 'artist_address',
        mv_platform_stats: 'total_artists',
        mv_listener_activity: 'listener_address',
        mv_genre_stats: 'genre',
      }[view as string] ?? 'song_id';
    await bench.client.query(`create unique index on recomputed.${view} (${key})`);
  }
}

/** Recomputes all six; the milliseconds of each. The first time fills them, later times publish as the engine does. */
export async function recompute(bench: Bench, mode: '' | 'concurrently'): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  for (const view of viewNames)
    times[view] = (
      await bench.measure(() => bench.client.query(`refresh materialized view ${mode} recomputed.${view}`))
    ).ms;
  return times;
}
