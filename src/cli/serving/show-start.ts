import type { Config } from '../../config/config.js';
import { defaultDemo } from '../../demo/seed.js';
import type { StartStep, Watching } from '../../gateway/start/embedded-start.js';
import type { CliContext } from '../command.js';
import { type Progress, startProgress } from '../progress.js';

const inWords = (amount: number) => amount.toLocaleString('en');

/**
 * Says what an embedded gateway does while it starts: a line when a step begins, and how far the demo data has come. The
 * first start takes many seconds, in which nothing answers yet.
 */
export function showStart(stderr: CliContext['stderr'], { dataDir }: Pick<Config, 'dataDir'>): Watching {
  const { artists, songs, listeners, plays, days } = defaultDemo;
  const sentences: Readonly<Record<StartStep, string>> = {
    create: `First start: making an embedded PostgreSQL in ${dataDir}`,
    open: `Opening the embedded PostgreSQL in ${dataDir}`,
    schema: 'Making or upgrading its tables, views and functions',
    demo: `Making demo data: ${inWords(artists)} artists, ${inWords(songs)} songs, ${inWords(listeners)} listeners, ${inWords(plays)} plays over ${days} days`,
    views: 'Computing views, series, charts and statements from the plays',
  };
  let progress: Progress | undefined;
  return {
    onStep: (step) => void stderr.write(`${sentences[step]}\n`),
    onProgress(done, total) {
      progress ??= startProgress(stderr, 'Demo data', total);
      progress.update(done, `${inWords(done)} plays`);
    },
    onEnd: () => progress?.stop(),
  };
}
