import { type DemoOptions, defaultDemo, seedDemo, TablesNotEmptyError } from '../../demo/seed.js';
import { type Command, type Option, wholeNumber } from '../command.js';
import { startProgress } from '../progress.js';

const amount = (name: keyof DemoOptions, description: string, least: number, most: number): Option => ({
  name,
  value: 'N',
  description,
  default: String(defaultDemo[name]),
  parse: wholeNumber(name, least, most),
});

export const seed: Command = {
  name: 'seed',
  summary: 'Fill empty tables with demo data.',
  details: [
    'All of it is written in one transaction, so that a seed that was interrupted leaves nothing behind. It ends at',
    'this moment; the same numbers give the same artists, songs and listeners.',
  ].join('\n'),
  options: [
    amount('artists', 'How many artists.', 1, 1_000_000),
    amount('songs', 'How many songs.', 1, 1_000_000),
    amount('listeners', 'How many listeners.', 1, 1_000_000),
    amount('plays', 'How many plays.', 0, 1_000_000_000),
    amount('days', 'Over how many days, up to now.', 1, 3_650),
    amount('seed', 'Another number makes other data.', 0, Number.MAX_SAFE_INTEGER),
  ],
  async run(values, { openDatabase, stdout, stderr, signal, now }) {
    const options = values as unknown as DemoOptions;
    const database = await openDatabase();
    const progress = startProgress(stderr, 'Making demo data', options.plays);
    try {
      await seedDemo(
        database,
        options,
        now(),
        (plays) => progress.update(plays, `${plays.toLocaleString('en')} plays`),
        signal,
      );
      progress.stop();
      const counts = (['artists', 'songs', 'listeners', 'plays'] as const).map(
        (name) => `${options[name].toLocaleString('en')} ${name}`,
      );
      stdout.write(`Made ${counts.join(', ')} over ${options.days} days.\n`);
      return 0;
    } catch (error) {
      progress.stop();
      if (signal.aborted) stderr.write('Interrupted; nothing was written.\n');
      else if (error instanceof TablesNotEmptyError) stderr.write(`${error.message}\n`);
      else throw error;
      return 1;
    } finally {
      await database.close();
    }
  },
};
