import type { Database } from '../database/database.js';
import { takeMarkAway } from '../demo/mark.js';
import { findAmountDigits } from '../import/amount-digits.js';
import { HeaderError } from '../import/header.js';
import { type ImportCount, importFile, type OpenFile, openFile } from '../import/import-file.js';
import { artists, plays, songs } from '../import/tables.js';
import { type CliContext, type Command, type Option, UsageError } from './command.js';
import { openSources, type Source } from './import-sources.js';
import { startProgress } from './progress.js';

const file = (name: string, description: string): Option => ({ name, value: 'F', description });

export const importCommand: Command = {
  name: 'import',
  summary: 'Load artists, songs and plays from CSV files of any size.',
  details: [
    'Each file begins with a header row that names columns of its table, in any order; F is - for the standard input.',
    '  artists  artist_address, name, created_at (optional)',
    '  songs    song_id, title, artist_address, strategy, genre (optional), created_at (optional)',
    '  plays    song_id, listener_address, played_at, duration, amount_paid, id (optional)',
    'Times are RFC 3339 or as PostgreSQL writes them, UTC where no zone is given. Plays without an id get one.',
    'A row that cannot be loaded goes to F.rejected.csv (stdin.rejected.csv) with its line and the reason, and the',
    'rest still loads; the exit code is 1 then. A file of rejected rows can be corrected and imported as it is.',
  ].join('\n'),
  options: [
    file('artists', 'Artists to load.'),
    file('songs', 'Songs to load, after the artists.'),
    file('plays', 'Plays to load, after the songs.'),
  ],
  async run(values, context) {
    const sources = await openSources(values, context);
    try {
      const database = await context.openDatabase();
      try {
        return await importAll(database, sources, context);
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
  context: CliContext,
): Promise<number> {
  const tables = { artists, songs, plays: plays(await findAmountDigits(database)) };
  // All headers are read before anything is loaded: a wrong one is found at once and not after an hour.
  const files: OpenFile[] = [];
  for (const source of sources)
    files.push(
      await openFile(tables[source.option], source.pieces).catch((error) => {
        throw error instanceof HeaderError ? new UsageError(`--${source.option}: ${error.message}`) : error;
      }),
    );
  // From here on there is more than a demo, and nothing is to be invented beside it.
  await takeMarkAway(database);
  let rejected = 0;
  for (const [index, open] of files.entries())
    rejected += await importOne(database, sources[index]!, open, context);
  return rejected > 0 ? 1 : 0;
}

/** @returns how many rows were rejected. */
async function importOne(
  database: Database,
  source: Source,
  open: OpenFile,
  { stdout, stderr, signal, now }: CliContext,
): Promise<number> {
  const started = performance.now();
  const progress = startProgress(stderr, `Importing ${source.option}`, source.size);
  const count: ImportCount = { loaded: 0, rejected: 0, line: 0 };
  const soFar = () => `${number(count.loaded)} loaded, ${number(count.rejected)} rejected`;
  try {
    await importFile(database, open, {
      rejectsPath: source.rejectsPath,
      now: now(),
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
    `${source.option}: ${soFar()} in ${seconds.toFixed(1)} s (${number(Math.round((count.loaded + count.rejected) / seconds))} rows/s)${where}\n`,
  );
  return count.rejected;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
