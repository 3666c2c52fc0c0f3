import type { Database } from '../../database/database.js';
import { takeMarkAway } from '../../demo/mark.js';
import { findAmountDigits } from '../../import/amount-digits.js';
import { HeaderError } from '../../import/header.js';
import { type ImportCount, importFile, type OpenFile, openFile } from '../../import/import-file.js';
import { artists, plays, songs, withRequiredKey } from '../../import/tables.js';
import { withChartsOpen } from '../../import/with-charts-open.js';
import { type CliContext, type Command, type Option, type OptionValues, UsageError } from '../command.js';
import { openSources, type Source } from '../files/import-sources.js';
import { startProgress } from '../progress.js';

const file = (name: string, description: string): Option => ({ name, value: 'F', description });

export const importCommand: Command = {
  name: 'import',
  summary: 'Load artists, songs and plays from CSV files of any size.',
  details: [
    'Each file begins with a header row that names columns of its table, in any order; F is - for the standard input.',
    '  artists  artist_address, name, created_at (optional)',
    '  songs    song_id, title, artist_address, strategy, genre (optional), created_at (optional)',
    '  plays    song_id, listener_address, played_at, duration, amount_paid, id (optional)',
    'Columns are separated by commas. Times are 2026-01-31T12:00:00Z, 2026-01-31 12:00:00+01:00, 31 Jan 2026 12:00, or',
    'Unix seconds or milliseconds; UTC where no zone is given. 03/04/2026 is refused. Durations are seconds, rounded to',
    'whole ones. Addresses are 0x and 1 to 64 hexadecimal digits. Plays without an id get one.',
    'A row that cannot be loaded goes to F.rejected.csv (stdin.rejected.csv) with its line and the reason, and the',
    'rest still loads; the exit code is 1 then. A file of rejected rows can be corrected and imported as it is.',
  ].join('\n'),
  options: [
    file('artists', 'Artists to load.'),
    file('songs', 'Songs to load, after the artists.'),
    file('plays', 'Plays to load, after the songs.'),
    {
      name: 'skip-existing',
      description:
        'Pass over rows whose key is there already instead of rejecting them; plays need an id then.',
    },
    {
      name: 'empty-duration-as-zero',
      description:
        'Take plays without a duration as plays of 0 seconds, also where the file has no such column.',
    },
  ],
  async run(values, context) {
    const sources = await openSources(values, context);
    try {
      const database = await context.openDatabase();
      try {
        return await importAll(database, sources, values, context);
      } finally {
        await database.close();
      }
    } finally {
      for (const { stream } of sources) stream.destroy();
    }
  },
};

/** @returns the exit code. */
async function importAll(
  database: Database,
  sources: readonly Source[],
  values: OptionValues,
  context: CliContext,
): Promise<number> {
  const skipsExisting = values['skip-existing'] === true;
  const emptyDurationAsZero = values['empty-duration-as-zero'] === true;
  const tables = { artists, songs, plays: plays(await findAmountDigits(database), { emptyDurationAsZero }) };
  // All headers are read before anything is loaded: a wrong one is found at once and not after an hour.
  const files: OpenFile[] = [];
  for (const source of sources)
    files.push(
      await openFile(
        skipsExisting ? withRequiredKey(tables[source.option]) : tables[source.option],
        source.pieces,
      ).catch((error) => {
        if (error instanceof HeaderError) throw new UsageError(`--${source.option}: ${error.message}`);
        if (!context.signal.aborted) throw error;
        throw new Error(
          `${source.name}: stopped (interrupted) before its first line had come. Nothing was loaded.`,
        );
      }),
    );
  // From here on there is more than a demo, and nothing is to be invented beside it.
  await takeMarkAway(database);
  return withChartsOpen(database, async () => {
    let rejected = 0;
    for (const [index, open] of files.entries())
      rejected += await importOne(database, sources[index]!, open, skipsExisting, context);
    return rejected > 0 ? 1 : 0;
  });
}

/** @returns how many rows were rejected. */
async function importOne(
  database: Database,
  source: Source,
  open: OpenFile,
  skipsExisting: boolean,
  { stdout, stderr, signal, now }: CliContext,
): Promise<number> {
  const started = performance.now();
  const progress = startProgress(stderr, `Importing ${source.option}`, source.size);
  const count: ImportCount = { loaded: 0, rejected: 0, line: 0 };
  const soFar = () => {
    const skipped = skipsExisting ? `, ${number(count.skipped ?? 0)} skipped` : '';
    return `${number(count.loaded)} loaded${skipped}, ${number(count.rejected)} rejected`;
  };
  try {
    await importFile(database, open, {
      rejectsPath: source.rejectsPath,
      now: now(),
      skipsExisting,
      signal,
      count,
      onProgress: () => progress.update(source.bytesRead(), soFar()),
    });
  } catch (error) {
    const why = signal.aborted ? 'interrupted' : (error as Error).message;
    throw new Error(
      `${source.name}: stopped (${why}). Of ${source.option} everything up to line ${number(count.line)} is done (${soFar()}), nothing after it.`,
      { cause: error },
    );
  } finally {
    progress.stop();
  }
  const seconds = (performance.now() - started) / 1000;
  const where = count.rejected > 0 ? `, see ${source.rejectsPath}` : '';
  stdout.write(
    `${source.option}: ${soFar()} in ${seconds.toFixed(1)} s (${number(Math.round((count.loaded + (count.skipped ?? 0) + count.rejected) / seconds))} rows/s)${where}\n`,
  );
  return count.rejected;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
