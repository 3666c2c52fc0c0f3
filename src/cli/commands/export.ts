import { formatNames, listNames } from '../../export/names.js';
import { type Command, type Option, UsageError } from '../command.js';

const names = listNames.join(', ');
const extensions = formatNames.join(', ');

/** The options that are parameters of a list, by the names that they have on a URL. */
const parameterOptions: Readonly<Record<string, Option>> = {
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

export const exportCommand: Command = {
  name: 'export',
  summary: 'Write a list to a file, as of one refresh from its first row to its last.',
  details: [
    'The rows are read in one transaction while refreshes go on, and need constant memory. A file has its name only once it',
    'is complete. In CSV texts that a spreadsheet would take for formulas begin with an apostrophe.',
  ].join('\n'),
  operand: {
    name: 'NAME',
    description: `One of ${names}.`,
    parse(word) {
      if (listNames.some((name) => name === word)) return word;
      throw new UsageError(
        `expected a list out of ${names}, got ${word === undefined ? 'none' : JSON.stringify(word)}`,
      );
    },
  },
  options: [
    {
      name: 'format',
      value: 'NAME',
      description: `One of ${extensions}.`,
      default: 'csv',
      parse(text) {
        if (formatNames.some((name) => name === text)) return text;
        throw new UsageError(`--format: expected one of ${extensions}, got ${JSON.stringify(text)}`);
      },
    },
    ...Object.values(parameterOptions),
    {
      name: 'out',
      value: 'FILE',
      description: 'Where to write it; - is the standard output.',
      default: '-',
    },
  ],
  async run(values, context) {
    const { exportList } = await import('../files/export-list.js');
    return exportList(values, parameterOptions, context);
  },
};
