import { registerEnumType } from 'type-graphql';
import { ViewNameEnum, viewDescriptions } from '../../views/view-name.js';

/** Tables that operators may analyze and vacuum: GraphQL name → database name. */
export const MaintainableTable = {
  ARTISTS: 'artists',
  SONGS: 'songs',
  PLAYS: 'plays',
  ...ViewNameEnum,
  ENGINE_ARTIST: 'analytics.artist',
  ENGINE_GENRE: 'analytics.genre',
  ENGINE_LISTENER: 'analytics.listener',
  ENGINE_SONG: 'analytics.song',
  ENGINE_ARTIST_LISTENER: 'analytics.artist_listener',
  ENGINE_GENRE_LISTENER: 'analytics.genre_listener',
  ENGINE_SONG_LISTENER: 'analytics.song_listener',
  ENGINE_PLAY_QUEUE: 'analytics.play_queue',
  ENGINE_REFRESH_LEDGER: 'analytics.refresh_ledger',
} as const;
export type MaintainableTable = (typeof MaintainableTable)[keyof typeof MaintainableTable];

registerEnumType(MaintainableTable, {
  name: 'MaintainableTable',
  description: 'The tables and materialized views that the gateway analyzes and vacuums on request.',
  valuesConfig: {
    ARTISTS: { description: 'The artists.' },
    SONGS: { description: 'The songs.' },
    PLAYS: { description: 'The plays, including all partitions.' },
    ...viewDescriptions,
    ENGINE_ARTIST: { description: 'The refresh engine’s counters of artists.' },
    ENGINE_GENRE: { description: 'The refresh engine’s counters of genres.' },
    ENGINE_LISTENER: { description: 'The refresh engine’s counters of listeners.' },
    ENGINE_SONG: { description: 'The refresh engine’s counters of songs.' },
    ENGINE_ARTIST_LISTENER: { description: 'The refresh engine’s pairs of artist and listener.' },
    ENGINE_GENRE_LISTENER: { description: 'The refresh engine’s pairs of genre and listener.' },
    ENGINE_SONG_LISTENER: { description: 'The refresh engine’s pairs of song and listener.' },
    ENGINE_PLAY_QUEUE: { description: 'Previous versions of changed plays, waiting for the next refresh.' },
    ENGINE_REFRESH_LEDGER: { description: 'The history of refreshes.' },
  },
});

/** A table's name in the GraphQL API. */
export function publicNameOf(table: MaintainableTable): string {
  return Object.entries(MaintainableTable).find(([, name]) => name === table)?.[0] ?? 'the table';
}
