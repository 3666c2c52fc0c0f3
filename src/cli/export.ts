import { operator } from '../auth/viewer.js';
import { readConfig } from '../config/read-config.js';
import { GatewayError } from '../errors.js';
import { formats } from '../export/formats/index.js';
import { exportLists } from '../export/lists/index.js';
import { type ExportPlan, planExport } from '../export/plan-export.js';
import { runExport } from '../export/run-export.js';
import { createSchema } from '../schema/schema.js';
import { type Command, type Option, type OptionValues, UsageError } from './command.js';
import { requireWritable, writeOutput } from './export-output.js';
import { startProgress } from './progress.js';

const names = [...exportLists.keys()].join(', ');
const extensions = [...formats.keys()].join(', ');

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
      if (word !== undefined && exportLists.has(word)) return word;
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
        if (formats.has(text)) return text;
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
  async run(values, { env, openDatabase, signal, stdout, stderr }) {
    const plan = await planFrom(values, env);
    const file = values.out === '-' ? null : String(values.out);
    if (file !== null) await requireWritable(file);
    const database = await openDatabase();
    const started = performance.now();
    try {
      return await runExport(database, plan, { signal, isCounted: true }, async (opened) => {
        const { asOf, generation, rows } = opened.head;
        const progress = startProgress(stderr, `Exporting ${plan.name}`, rows);
        const soFar = () => `${opened.rowsSoFar().toLocaleString('en-US')} rows`;
        try {
          await writeOutput(opened.chunks, file, stdout, {
            signal,
            onChunk: () => progress.update(opened.rowsSoFar(), soFar()),
          });
        } finally {
          progress.stop();
        }
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        stderr.write(`${plan.name}: ${soFar()} as of ${asOf} (generation ${generation}) in ${seconds} s\n`);
        return 0;
      });
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new Error(`${plan.name}: stopped (interrupted). The file is not complete.`, { cause: error });
    } finally {
      await database.close();
    }
  },
};

/** @throws UsageError for parameters that do not fit */
async function planFrom(values: OptionValues, env: NodeJS.ProcessEnv): Promise<ExportPlan> {
  const extension = String(values.format);
  const parameters = new Map(
    Object.entries(parameterOptions).flatMap(([parameter, { name }]) =>
      typeof values[name] === 'string' ? [[parameter, values[name]] as const] : [],
    ),
  );
  try {
    return planExport(
      {
        list: exportLists.get(String(values.NAME))!,
        extension,
        format: formats.get(extension)!,
        parameters,
        viewer: operator('cli'),
      },
      { schema: await createSchema(), limits: readConfig(env).limits.operator, describesSchema: true },
    );
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw new UsageError(withOption(error.message));
  }
}

/** A message that begins with the name of a parameter names the option instead. */
function withOption(message: string): string {
  const found = Object.entries(parameterOptions).find(([parameter]) => message.startsWith(parameter));
  return found ? `--${found[1].name}${message.slice(found[0].length)}` : message;
}
