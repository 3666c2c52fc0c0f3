import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { globalIdOf } from '../../../src/analytics/node/global-id.js';
import type { Random } from '../../refresh/random.js';

/** A document, and variables that fit it. */
export interface RandomOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Of objects of the fixture that everybody may see. */
const nodeIds = [
  globalIdOf('Song', 'song-01'),
  globalIdOf('Artist', '0xA2'),
  globalIdOf('GenreStats', 'Rock'),
  globalIdOf('PlatformStats'),
  globalIdOf('ChartEdition', '1', '1'),
];
const publicNodes = ['Song', 'Artist', 'GenreStats', 'PlatformStats', 'ChartEdition'];

/** The variables that arguments may use: the definition, and values that fit; undefined leaves it out. */
const variables: Readonly<Record<string, readonly [definition: string, values: readonly unknown[]]>> = {
  n: ['Int = 3', [undefined, null, 0, 1, 2, 5, -1, 101]],
  text: ['String', [undefined, null, '', 'moss', '%', 'Rock', 'no such', '\u0000']],
  id: ['ID!', ['song-01', 'song-06', 'none', 7]],
  node: ['ID!', [...nodeIds, 'none', globalIdOf('Song', 'none'), globalIdOf('Listener', '0xb0b')]],
  address: ['Address! = "0xA2"', [undefined, '0xa2', '0xa6', '0xffff']],
  strategy: ['Strategy', [undefined, null, 'AUCTION', 'PATRONAGE']],
  songFilter: [
    'SongFilter = { playCount: { gt: 0 } }',
    [
      undefined,
      null,
      {},
      { genre: { in: ['Rock', 'Jazz'] }, not: { title: { contains: 'moss' } } },
      { or: [{ strategy: { eq: 'AUCTION' } }, { totalEarnings: { gte: '1.5' } }], and: [] },
      { genre: { eq: null } },
      { genre: { isNull: true }, lastPlayed: null },
    ],
  ],
  artistFilter: [
    'ArtistFilter',
    [
      undefined,
      null,
      { artistName: { startsWith: 'é' } },
      { totalPlays: { lt: 9 }, or: [{ totalSongs: { gt: 1 } }] },
    ],
  ],
  songOrder: [
    '[SongOrder!]',
    [
      undefined,
      null,
      [],
      [{ field: 'GENRE' }],
      { field: 'TOTAL_EARNINGS', direction: 'DESC' },
      Array.from({ length: 6 }, () => ({ field: 'TITLE' })),
    ],
  ],
  artistOrder: ['[ArtistOrder!]', [undefined, [{ field: 'ARTIST_NAME', direction: 'DESC' }]]],
  cursor: ['String', [undefined, null, 'no cursor']],
  yes: ['Boolean!', [true, false]],
  no: ['Boolean! = false', [undefined, true, false]],
};

/** What arguments may be given, by their names; `SongConnection` and `ArtistConnection` have filters of their own. */
function valuesFor(argument: string, owner: string): readonly string[] {
  switch (argument) {
    case 'first':
    case 'last':
      return ['$n', '$n', '2', '0', 'null', '-3'];
    case 'filter':
      return owner === 'ArtistConnection'
        ? ['$artistFilter', '{ artistAddress: { ne: "0xa4" } }', 'null']
        : [
            '$songFilter',
            '{ genre: { eq: $text } }',
            '{ title: { contains: "MOSS" }, playCount: { gte: 1 } }',
            'null',
          ];
    case 'orderBy':
      return owner === 'ArtistConnection'
        ? ['$artistOrder', '[{ field: TOTAL_PLAYS, direction: DESC }]']
        : [
            '$songOrder',
            '{ field: UNIQUE_LISTENERS, direction: DESC }',
            '[{ field: LAST_PLAYED }, { field: TITLE }]',
          ];
    case 'after':
    case 'before':
      return ['$cursor', 'null'];
    case 'ids':
      return ['[$node]', `["${nodeIds[0]}", $node, "${nodeIds[1]}", "${nodeIds[0]}"]`, '[]'];
    case 'id':
      if (owner === 'Node') return ['$node', `"${nodeIds[0]}"`, `"${globalIdOf('GenreStats', 'none')}"`];
      return ['$id', '"song-02"', '3'];
    case 'address':
      return ['$address', '"0xa7"'];
    case 'name':
      return ['"Rock"', '"none"'];
    case 'genre':
      return ['$text', '"Jazz"', 'null'];
    case 'strategy':
      return ['$strategy', 'GIFT_ECONOMY'];
    case 'granularity':
      return owner === 'ActiveListenersSeries' ? ['WEEK', 'null'] : ['HOUR', 'WEEK', 'YEAR', 'null'];
    case 'from':
      return ['"2026-02-20T12:00:00Z"', '"2020-05-05T05:05:05.123456Z"', 'null'];
    case 'to':
      return ['"2026-02-27T01:00:00+02:00"', '"2019-01-01T00:00:00Z"', 'null'];
    case 'at':
      return ['"2026-02-24T00:00:00Z"', '"2031-01-01T00:00:00Z"', 'null'];
    case 'timeZone':
      return ['"Europe/Berlin"', '"Australia/Lord_Howe"', 'null'];
    case 'compareTo':
      return ['PREVIOUS_PERIOD', 'PREVIOUS_YEAR', 'null'];
    case 'query':
      return ['"moss"', '"off now"', '""', '"x"'];
    default:
      throw new Error(`Expected values for the argument ${argument}, got none.`);
  }
}

/** Fields of the public whose answer follows from the views. */
const left = new Set([
  'listener',
  'listeners',
  'recentPlays',
  'statements',
  'openStatement',
  'viewFreshness',
  'monitoring',
  'cursor',
]);

/** Makes an operation of the schema: aliases, fragments, directives, defaults, nulls, and what resolvers refuse. */
export function randomOperation(schema: GraphQLSchema, random: Random): RandomOperation {
  const fragments: string[] = [];
  let aliases = 0;

  const argumentsOf = (field: GraphQLField<unknown, unknown>): string => {
    const owner = getNamedType(field.type).name;
    const given = field.args.flatMap(({ name, type }) => {
      if (!String(type).endsWith('!') && random.chance(0.6)) return [];
      return [`${name}: ${random.pick(valuesFor(name, owner))}`];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  };
  const directive = (): string =>
    random.chance(0.85)
      ? ''
      : random.pick([' @include(if: $yes)', ' @skip(if: $no)', ' @skip(if: true)', ' @include(if: true)']);

  const fieldText = (
    field: GraphQLField<unknown, unknown>,
    depth: number,
    isBesideOtherTypes: boolean,
  ): string => {
    const type = getNamedType(field.type);
    const inner = isObjectType(type)
      ? ` ${selection(type, depth - 1)}`
      : isInterfaceType(type)
        ? ` ${nodeSelection(depth - 1)}`
        : '';
    // Two fields of one name have to be the same, so what can differ gets a name of its own.
    const differs = inner !== '' || field.args.length > 0 || (isBesideOtherTypes && field.name !== 'id');
    const alias = differs || random.chance(0.1) ? `a${++aliases}: ` : '';
    return `${alias}${field.name}${argumentsOf(field)}${directive()}${inner}`;
  };

  const selection = (type: GraphQLObjectType, depth: number, isBesideOtherTypes = false): string => {
    const fields = Object.values(type.getFields()).filter(
      (field) => !left.has(field.name) && (depth > 0 || isLeafType(getNamedType(field.type))),
    );
    if (fields.length === 0) return '{ __typename }';
    const texts = Array.from({ length: random.between(1, 4) }, () => {
      const kind = random.between(1, 100);
      const text = kind <= 8 ? '__typename' : fieldText(random.pick(fields), depth, isBesideOtherTypes);
      if (kind > 94) return `... on ${type.name}${directive()} { ${text} }`;
      if (kind > 88) return `...${directive()} { ${text} }`;
      if (kind > 80) {
        const name = `F${fragments.length}`;
        fragments.push(`fragment ${name} on ${type.name} { ${text} }`);
        return `...${name}${directive()}`;
      }
      return text;
    });
    return `{ ${texts.join(' ')} }`;
  };

  /** What is asked of an object whose type is not known. */
  const nodeSelection = (depth: number): string => {
    const parts = [1, 2].map(() => {
      const type = schema.getType(random.pick(publicNodes)) as GraphQLObjectType;
      return `... on ${type.name}${directive()} ${selection(type, depth, true)}`;
    });
    return `{ ${random.pick(['id', '__typename', 'id __typename'])} ${parts.join(' ')} }`;
  };

  const body = selection(schema.getQueryType() as GraphQLObjectType, 3);
  const whole = [body, ...fragments].join('\n');
  const used = Object.keys(variables).filter((name) => new RegExp(`\\$${name}\\b`).test(whole));
  const definitions = used.map((name) => `$${name}: ${variables[name]?.[0]}`).join(', ');
  const values = used.flatMap((name) => {
    const value = random.pick(variables[name]?.[1] as readonly unknown[]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    text: `query Random${used.length > 0 ? `(${definitions})` : ''} ${whole}`,
    variables: Object.fromEntries(values),
  };
}
