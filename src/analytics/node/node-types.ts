import type { AccessRule } from '../../auth/access.js';
import type { StatementKey } from '../artist-statements/repository.js';
import type { ArtistStatement } from '../artist-statements/type.js';
import type { AnalyticsContext } from '../context.js';
import type { Loaders } from '../loaders.js';
import { findPlatformStats } from '../platform-stats/repository.js';
import { Selection } from '../selection.js';

type Key = readonly string[];

/** How the objects of a type are found by the key in their identifier. */
export interface NodeType {
  /** The same as that of the fields that give such objects. */
  readonly rule: AccessRule<Key>;
  isKey(key: Key): boolean;
  find(context: AnalyticsContext, key: Key, selection: Selection): Promise<object | null>;
}

const ownAddress = { subject: ([address]: Key) => address };
const isOneText = ({ length }: Key) => length === 1;
const month = /^(?!0000)\d{4}-(0[1-9]|1[0-2])$/;
const wholeNumber = /^(0|[1-9]\d{0,8})$/;

const types: Readonly<Record<string, NodeType>> = {
  Artist: {
    rule: 'public',
    isKey: isOneText,
    find: ({ loaders }, [key = ''], selection) => loaders.artist.load({ key, selection }),
  },
  Song: {
    rule: 'public',
    isKey: isOneText,
    find: ({ loaders }, [key = ''], selection) => loaders.song.load({ key, selection }),
  },
  Listener: {
    rule: ownAddress,
    isKey: isOneText,
    find: ({ loaders }, [key = ''], selection) => loaders.listener.load({ key, selection }),
  },
  GenreStats: {
    rule: 'public',
    isKey: isOneText,
    find: ({ loaders }, [key = ''], selection) => loaders.genre.load({ key, selection }),
  },
  PlatformStats: {
    rule: 'public',
    isKey: ({ length }) => length === 0,
    find: ({ reader }, _key, selection) => findPlatformStats(reader, selection),
  },
  ChartEdition: {
    rule: 'public',
    isKey: (key) => key.length === 2 && key.every((part) => wholeNumber.test(part)),
    find: ({ loaders }, [chart, number], selection) =>
      loaders.charts.edition.load({ edition: { chart: Number(chart), number: Number(number) }, selection }),
  },
  ArtistStatement: {
    rule: ownAddress,
    isKey: ([, second = '', ...others]) => month.test(second) && others.length === 0,
    find: ({ loaders }, [artistAddress = '', month = '']) => findStatement(loaders, { artistAddress, month }),
  },
};

export const nodeTypes: ReadonlyMap<string, NodeType> = new Map(Object.entries(types));

const onlyKey = new Selection(new Set());

/** The identifier of a statement stays the same when it is closed. */
async function findStatement(loaders: Loaders, key: StatementKey): Promise<ArtistStatement | null> {
  const closed = await loaders.statement.byKey.load(key);
  if (closed) return closed;
  const artist = await loaders.artist.load({ key: key.artistAddress, selection: onlyKey });
  const open = artist && (await loaders.statement.open.load(key.artistAddress));
  return open?.month === key.month ? open : null;
}
