import { findArtist } from '../../analytics/artist-analytics/repository.js';
import { findGenre } from '../../analytics/genre-stats/repository.js';
import { findListener } from '../../analytics/listener-activity/repository.js';
import { Selection } from '../../analytics/selection.js';
import type { Subject, SubjectKind } from '../../analytics/series/repository.js';
import { findSong } from '../../analytics/song-analytics/repository.js';
import type { AnalyticsReader } from '../../analytics/withholding/analytics-reader.js';
import { badInput } from '../../errors.js';
import type { Parameters } from '../parameters/parameters.js';

/** The field of `Query` that returns a subject. */
interface Way {
  /** The field of `Query`, and its argument. */
  readonly root: string;
  readonly argument: string | null;
  readonly type: string;
  find(reader: AnalyticsReader, key: string): Promise<object | null>;
}

/** Of a subject only its key is read. */
const onlyKey = new Selection(new Set());

const ways: Readonly<Record<SubjectKind, Way>> = {
  platform: { root: 'platformStats', argument: null, type: 'PlatformStats', find: async () => ({}) },
  genre: {
    root: 'genre',
    argument: 'name',
    type: 'GenreStats',
    find: (reader, name) => findGenre(reader, name, onlyKey),
  },
  artist: {
    root: 'artist',
    argument: 'address',
    type: 'Artist',
    find: (reader, address) => findArtist(reader, address, onlyKey),
  },
  song: { root: 'song', argument: 'id', type: 'Song', find: (reader, id) => findSong(reader, id, onlyKey) },
  listener: {
    root: 'listener',
    argument: 'address',
    type: 'Listener',
    find: (reader, address) => findListener(reader, address, onlyKey),
  },
};

export interface SeriesSubject {
  readonly subject: Subject;
  /** The type that has the series. */
  readonly type: string;
  /** @throws GatewayError `BAD_USER_INPUT` when there is no such subject */
  requireKnown(reader: AnalyticsReader): Promise<void>;
}

/**
 * Reads whose series is asked for, in `kind` and `id`.
 * @throws GatewayError for parameters that do not fit, and for a viewer who may not see it
 */
export function seriesSubject(parameters: Parameters): SeriesSubject {
  const kinds = Object.keys(ways);
  const kind = parameters.required('kind', `one of ${kinds.join(', ')}`);
  if (!isKind(kind))
    throw badInput(`kind: expected one of ${kinds.join(', ')}, got ${JSON.stringify(kind.slice(0, 80))}`);
  const { root, argument, type, find } = ways[kind];
  if (argument === null && parameters.text('id') !== null)
    throw badInput(`id: expected none with kind ${kind}, got one`);
  if (argument !== null) parameters.required('id', `the ${argument} of the ${kind}`);
  const key = argument === null ? '' : String(parameters.plain('Query', root, 'id', argument));
  parameters.requireAccess('Query', root, null, argument === null ? {} : { [argument]: key });
  return {
    subject: { kind, key },
    type,
    async requireKnown(reader) {
      if ((await find(reader, key)) === null)
        throw badInput(`id: expected the ${argument} of a ${kind} that there is, got another`);
    },
  };
}

function isKind(text: string): text is SubjectKind {
  return Object.hasOwn(ways, text);
}
