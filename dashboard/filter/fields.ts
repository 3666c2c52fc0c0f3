import type { SongFilter, SongOrderField } from '../../src/client/operations.ts';

/** How the values of a field are compared, and so which conditions there are on it. */
export type FieldKind = 'id' | 'text' | 'address' | 'strategy' | 'count' | 'amount' | 'time';

export type FieldName = Exclude<keyof SongFilter, 'and' | 'or' | 'not'>;

export interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly kind: FieldKind;
  readonly order: SongOrderField;
}

export const fields: readonly Field[] = [
  { name: 'genre', label: 'Genre', kind: 'text', order: 'GENRE' },
  { name: 'title', label: 'Title', kind: 'text', order: 'TITLE' },
  { name: 'strategy', label: 'Economic model', kind: 'strategy', order: 'STRATEGY' },
  { name: 'playCount', label: 'Plays', kind: 'count', order: 'PLAY_COUNT' },
  { name: 'playsLast7Days', label: 'Plays, 7 days', kind: 'count', order: 'PLAYS_LAST_7_DAYS' },
  { name: 'playsLast30Days', label: 'Plays, 30 days', kind: 'count', order: 'PLAYS_LAST_30_DAYS' },
  { name: 'trendingScore', label: 'Trending score', kind: 'count', order: 'TRENDING_SCORE' },
  { name: 'uniqueListeners', label: 'Listeners', kind: 'count', order: 'UNIQUE_LISTENERS' },
  { name: 'totalEarnings', label: 'Earned, FLOW', kind: 'amount', order: 'TOTAL_EARNINGS' },
  { name: 'avgEarningPerPlay', label: 'FLOW a play', kind: 'amount', order: 'AVG_EARNING_PER_PLAY' },
  { name: 'avgPlayDuration', label: 'Seconds a play', kind: 'amount', order: 'AVG_PLAY_DURATION' },
  { name: 'firstPlayed', label: 'First played', kind: 'time', order: 'FIRST_PLAYED' },
  { name: 'lastPlayed', label: 'Last played', kind: 'time', order: 'LAST_PLAYED' },
  { name: 'artistAddress', label: 'Artist’s address', kind: 'address', order: 'ARTIST_ADDRESS' },
  { name: 'songId', label: 'Identifier', kind: 'id', order: 'SONG_ID' },
];

export function fieldOf(name: string): Field {
  return fields.find((field) => field.name === name) ?? (fields[0] as Field);
}

export interface Operator {
  readonly name: string;
  readonly label: string;
  /** What it takes: one value, several, or yes and no. */
  readonly takes: 'one' | 'many' | 'whether';
}

const equal: Operator = { name: 'eq', label: 'is', takes: 'one' };
const unequal: Operator = { name: 'ne', label: 'is not', takes: 'one' };
const among: Operator = { name: 'in', label: 'is one of', takes: 'many' };
const notAmong: Operator = { name: 'notIn', label: 'is none of', takes: 'many' };
const missing: Operator = { name: 'isNull', label: 'is missing', takes: 'whether' };
const named = [equal, unequal, among, notAmong];
const measured: readonly Operator[] = [
  { name: 'gte', label: 'is at least', takes: 'one' },
  { name: 'gt', label: 'is more than', takes: 'one' },
  { name: 'lte', label: 'is at most', takes: 'one' },
  { name: 'lt', label: 'is less than', takes: 'one' },
  ...named,
];

/** The same operators as the inputs of the schema have, in the order in which they are mostly wanted. */
export const operators: Readonly<Record<FieldKind, readonly Operator[]>> = {
  id: named,
  address: named,
  text: [
    ...named,
    { name: 'contains', label: 'contains', takes: 'one' },
    { name: 'startsWith', label: 'starts with', takes: 'one' },
    missing,
  ],
  strategy: [...named, missing],
  count: measured,
  amount: measured,
  time: [
    { name: 'after', label: 'is after', takes: 'one' },
    { name: 'atOrAfter', label: 'is at or after', takes: 'one' },
    { name: 'before', label: 'is before', takes: 'one' },
    { name: 'atOrBefore', label: 'is at or before', takes: 'one' },
    equal,
    missing,
  ],
};

export const strategies = ['PAY_PER_STREAM', 'GIFT_ECONOMY', 'PATRONAGE', 'AUCTION'] as const;
