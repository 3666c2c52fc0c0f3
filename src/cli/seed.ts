import { defaultDemo, seedDemo } from '../demo/seed.js';
import { type Command, type Option, wholeNumber } from './command.js';
import { startProgress } from './progress.js';

const number = (
  name: keyof typeof defaultDemo,
  least: number,
  most: number,
  description: string,
): Option => ({
  name,
  value: 'N',
  description,
  default: String(defaultDemo[name]),
  parse: wholeNumber(name, least, most),
});

export const seed: Command = {
  name: 'seed',
  summary: 'Fill empty tables with made-up listening data; the same numbers give the same data.',
  options: [
    number('artists', 1, 1_000_000, 'How many artists.'),
    number('songs', 1, 10_000_000, 'How many songs.'),
    number('listeners', 1, 10_000_000, 'How many listeners.'),
    number('plays', 0, 1_000_000_000, 'How many plays.'),
    number('days', 1, 3650, 'How many days back the plays begin.'),
    number('seed', 0, 4_294_967_295, 'Where the random numbers begin.'),
  ],
  async run(values, { openDatabase, stdout, stderr, now }) {
    const size = { ...defaultDemo, ...(values as Partial<typeof defaultDemo>) };
    const database = await openDatabase();
    const startedAt = Date.now();
    const progress = startProgress(stderr, 'Plays', size.plays);
    try {
      await seedDemo(database, size, now(), (plays) => progress.update(plays));
    } finally {
      progress.stop();
      await database.close();
    }
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    stdout.write(
      `${size.artists} artists, ${size.songs} songs, ${size.plays} plays of up to ${size.listeners} listeners in ${seconds} s. Refresh the views to see them.\n`,
    );
    return 0;
  },
};
