/**
 * Builds the pages into dashboard/dist, when a source of them is newer than what was built (or always, with --force).
 * What is worth compressing lies there as brotli alone.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = path.join(here, 'dist');
const built = path.join(dist, 'dashboard.html');
/** Whatever is not among them cannot change what is built. */
const sourceFolders = ['.', '../schema/operations', '../src/client'];
const sourceFiles = ['../package-lock.json'];
/** Below this a file saves nothing by being compressed. */
const leastBytes = 1024;

export async function buildPages({ force = false } = {}) {
  if (!force && statSync(built, { throwIfNoEntry: false })?.mtimeMs > newestSource()) return;
  const { build } = await import('vite');
  // Beside it and then in its place, so that nothing finds half of it; by a name of this process, should two build.
  const next = path.join(here, `dist.${process.pid}`);
  await build({ configFile: path.join(here, 'vite.config.ts'), build: { outDir: `${next}/new` } });
  await compress(`${next}/new`);
  if (existsSync(dist)) renameSync(dist, `${next}/old`);
  renameSync(`${next}/new`, dist);
  rmSync(next, { recursive: true, force: true });
}

function newestSource() {
  const files = sourceFolders.flatMap((folder) => listFiles(path.join(here, folder)));
  const others = sourceFiles.map((file) => path.join(here, file)).filter((file) => existsSync(file));
  return Math.max(...[...files, ...others].map((file) => statSync(file).mtimeMs));
}

function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isFile()) return [file];
    return entry.isDirectory() && !/^(dist|dist\..*|node_modules)$/.test(entry.name) ? listFiles(file) : [];
  });
}

/** Browsers that take no brotli are sent what the gateway makes of it, so that nothing is packed three times. */
async function compress(folder) {
  const files = listFiles(folder).filter((file) => /\.(js|css|svg|ttf)$/.test(file));
  await Promise.all(
    files.map(async (file) => {
      const bytes = readFileSync(file);
      if (bytes.length < leastBytes) return;
      // The highest quality would take a minute for the editor of GraphiQL, and save a twentieth.
      const params = { [constants.BROTLI_PARAM_QUALITY]: bytes.length > 500_000 ? 7 : 10 };
      writeFileSync(`${file}.br`, await promisify(brotliCompress)(bytes, { params }));
      rmSync(file);
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await buildPages({ force: process.argv.includes('--force') });
