/**
 * Fills a database for the other measurements, says where it is, and stops it when it is interrupted. With it, several
 * measurements in a row need not fill one each: `--database URL`.
 *
 *   npm run bench -- database [--plays 5000000]
 */
import { parseArgs } from 'node:util';
import { startDatabase } from './support/database.js';

const { values: options } = parseArgs({ options: { plays: { type: 'string', default: '5000000' } } });
const size = { plays: Number(options.plays), songs: 50_000, listeners: 100_000, artists: 3_000 };
const database = await startDatabase(size, (text) => console.error(text));
console.log(database.url);
const staying = setInterval(() => {}, 60_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    clearInterval(staying);
    void database.stop();
  });
