/**
 * Compiles src/ to dist/, one file for one file, when a source is newer than what was built (or always, with --force).
 * esbuild takes a fraction of a second, so `npm start` can afford to ask every time.
 */
import { readdirSync, statSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));

const sources = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));

const builtAt = statSync('dist/main.js', { throwIfNoEntry: false })?.mtimeMs ?? 0;
const changedAt = Math.max(
  ...[...sources, 'package.json', 'tsconfig.json', 'build.mjs'].map((file) => statSync(file).mtimeMs),
);

if (process.argv.includes('--force') || changedAt > builtAt) {
  await rm('dist', { recursive: true, force: true });
  await build({
    entryPoints: sources,
    outdir: 'dist',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
  });
  await chmod('dist/main.js', 0o755);
}
