/**
 * Builds the pages into dashboard/dist, when a source of them is newer than what was built (or always, with --force).
 * Beside each file that compresses well lie its brotli and gzip forms, so that nobody waits for them later.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const built = path.join(here, 'dist/dashboard.html');
/** Whatever is not among them cannot change what is built. */
const sourceFolders = ['.', '../schema/operations'];

export async function buildPages({ force = false } = {}) {
  if (!force && statSync(built, { throwIfNoEntry: false })?.mtimeMs > newestSource()) return;
  const { build } = await import('vite');
  await build({ configFile: path.join(here, 'vite.config.ts') });
  await compress(path.join(here, 'dist'));
}

function newestSource() {
  const files = sourceFolders.flatMap((folder) => listFiles(path.join(here, folder)));
  const lock = path.join(here, '../package-lock.json');
  return Math.max(...[...files, ...(existsSync(lock) ? [lock] : [])].map((file) => statSync(file).mtimeMs));
}

function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isFile()) return [file];
    return entry.isDirectory() && !['dist', 'node_modules'].includes(entry.name) ? listFiles(file) : [];
  });
}

async function compress(folder) {
  const files = listFiles(folder).filter((file) => /\.(js|css|html|svg|json)$/.test(file));
  await Promise.all(
    files.map(async (file) => {
      const bytes = readFileSync(file);
      // The highest quality would take a minute for the editor of GraphiQL, and save a twentieth.
      const params = { [constants.BROTLI_PARAM_QUALITY]: bytes.length > 500_000 ? 6 : 10 };
      const [br, gz] = await Promise.all([
        promisify(brotliCompress)(bytes, { params }),
        promisify(gzip)(bytes, { level: 7 }),
      ]);
      writeFileSync(`${file}.br`, br);
      writeFileSync(`${file}.gz`, gz);
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await buildPages({ force: process.argv.includes('--force') });
