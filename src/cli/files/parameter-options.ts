import type { Option } from '../command.js';

/** The options that are parameters of a list, by the names that they have on a URL. */
export const parameterOptions: Readonly<Record<string, Option>> = {
  filter: { name: 'filter', value: 'JSON', description: 'Which rows, as the field of GraphQL takes it.' },
  orderBy: { name: 'order', value: 'JSON', description: 'Their order, as the argument orderBy takes it.' },
  fields: { name: 'fields', value: 'A,B', description: 'The columns, in this order; all unless given.' },
  kind: { name: 'kind', value: 'KIND', description: 'Of series: platform, genre, artist, song or listener.' },
  id: { name: 'id', value: 'KEY', description: 'Of series: the name, address or identifier of it.' },
  granularity: {
    name: 'granularity',
    value: 'UNIT',
    description: 'Of series: HOUR, DAY, WEEK, MONTH or YEAR; DAY unless given.',
  },
  last: { name: 'last', value: 'N', description: 'Of series: how many buckets; 30 unless given.' },
  from: { name: 'from', value: 'TIME', description: 'Of series: when the first bucket begins.' },
  to: { name: 'to', value: 'TIME', description: 'Of series: when the last bucket ends.' },
  timeZone: {
    name: 'time-zone',
    value: 'ZONE',
    description: 'Of series: whose calendar has the buckets; UTC unless given.',
  },
  genre: { name: 'genre', value: 'NAME', description: 'Of chart: the genre; all songs unless given.' },
  at: {
    name: 'at',
    value: 'TIME',
    description: 'Of chart: an instant in its week; the latest unless given.',
  },
};
