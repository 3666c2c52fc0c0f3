const rows = '{ nodes { songId title } }';
const count = '{ totalCount }';
const repeated = (times: number, of: (index: number) => string) =>
  Array.from({ length: times }, (_, index) => of(index)).join(' ');
const contains = (index: number) => `{ title: { contains: "no such title ${index}" } }`;
const startsWith = (index: number) => `{ title: { startsWith: "no such title ${index}" } }`;
const equal = (index: number) => `{ title: { eq: "no such title ${index}" } }`;
const greater = (index: number) => `{ totalEarnings: { gt: "${1_000_000 + index}" } }`;
const anyOf = (conditions: string) => `filter: { or: [${conditions}] }`;
const ids = (length: number) => JSON.stringify(Array.from({ length }, (_, index) => `no-song-${index}`));

/** Operations by what is measured with them. Their conditions fit no row, so that every row is looked at. */
export const shapes: readonly (readonly [string, string])[] = [
  ['one song', '{ song(id: "song-1") { title } }'],
  ['20 songs', `{ songs ${rows} }`],
  [
    '100 songs with all their values',
    '{ songs(first: 100) { nodes { songId title genre strategy playCount uniqueListeners totalEarnings avgPlayDuration avgEarningPerPlay firstPlayed lastPlayed trendingScore } } }',
  ],
  ['100 songs with their artists', '{ songs(first: 100) { nodes { title artist { artistName } } } }'],
  ['100 trending songs', '{ trendingSongs(first: 100) { title } }'],
  ['10 songs of each of 20 artists', '{ artists { nodes { songs(first: 10) { nodes { title } } } } }'],
  [
    'the same, filtered by a pattern',
    `{ artists { nodes { songs(first: 10, ${anyOf(contains(0))}) { nodes { title } } } } }`,
  ],
  ['the number of songs of each of 20 artists', '{ artists { nodes { songs(first: 0) { totalCount } } } }'],
  ['the number of all songs', `{ songs(first: 0) ${count} }`],
  ['the number of all artists', `{ artists(first: 0) ${count} }`],
  ['20 songs ordered by title', `{ songs(orderBy: [{ field: TITLE }]) ${rows} }`],
  ['20 songs ordered by plays, fewest first', `{ songs(orderBy: [{ field: PLAY_COUNT }]) ${rows} }`],
  [
    '20 songs ordered by five columns',
    `{ songs(orderBy: [{ field: STRATEGY }, { field: GENRE }, { field: TITLE }, { field: TOTAL_EARNINGS }, { field: LAST_PLAYED }]) ${rows} }`,
  ],
  ['songs of a genre', `{ songs(filter: { genre: { eq: "Genre 3" } }) ${rows} }`],
  ['a search of one word', '{ searchSongs(query: "nothing") { title } }'],
  ['a search of eight words', '{ searchSongs(query: "Song 1 2 3 4 5 6 nothing") { title } }'],
  ['1 equality', `{ songs(${anyOf(equal(0))}) ${rows} }`],
  ['10 equalities', `{ songs(${anyOf(repeated(10, equal))}) ${rows} }`],
  ['100 equalities', `{ songs(${anyOf(repeated(100, equal))}) ${rows} }`],
  ['100 comparisons of decimals', `{ songs(${anyOf(repeated(100, greater))}) ${rows} }`],
  ['1 list of 1,000 values', `{ songs(filter: { title: { in: ${ids(1_000)} } }) ${rows} }`],
  [
    '10 lists of 100 values',
    `{ songs(${anyOf(repeated(10, () => `{ title: { notIn: ${ids(100)} }, playCount: { lt: 0 } }`))}) ${rows} }`,
  ],
  ['1 pattern at the start', `{ songs(${anyOf(startsWith(0))}) ${rows} }`],
  ['1 pattern', `{ songs(${anyOf(contains(0))}) ${rows} }`],
  ['10 patterns', `{ songs(${anyOf(repeated(10, contains))}) ${rows} }`],
  ['100 patterns', `{ songs(${anyOf(repeated(100, contains))}) ${rows} }`],
  ['1 pattern, counted', `{ songs(first: 0, ${anyOf(contains(0))}) ${count} }`],
  [
    '100 patterns, rows and their number',
    `{ songs(${anyOf(repeated(100, contains))}) { totalCount nodes { title } } }`,
  ],
  [
    '10 patterns, 5 aliases',
    `{ ${repeated(5, (index) => `a${index}: songs(first: ${index}, ${anyOf(repeated(10, contains))}) { totalCount nodes { title } }`)} }`,
  ],
];
