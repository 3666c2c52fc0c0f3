import { formatNames, listNames } from '../../export/names.js';
import { type Command, UsageError } from '../command.js';
import { parameterOptions } from '../files/parameter-options.js';

const names = listNames.join(', ');
const extensions = formatNames.join(', ');

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
    return exportList(values, context);
  },
};
