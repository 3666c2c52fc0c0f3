/**
 * Compiles src/ to dist/, one file for one file, src/client to bundles for browsers, and the pages of dashboard/, each when
 * a source is newer than what was built (or always, with --force); and keeps an empty database for the first start, once for
 * each version of PGlite. esbuild takes a fraction of a second and Vite a few, so `npm start` can afford to ask every time.
 * With --types also the declarations for programs that embed the gateway, which takes the compiler some seconds.
 * With --demo also the embedded database with its demo data, where the gateway that is started next would have to make them.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { buildPages } from './dashboard/build.mjs';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));

const sources = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
const clientFolder = path.join('src', 'client');
const isOfClient = (file) => file.startsWith(clientFolder + path.sep);

const builtAt = statSync('dist/main.js', { throwIfNoEntry: false })?.mtimeMs ?? 0;
const changedAt = Math.max(
  ...[...sources, 'package.json', 'tsconfig.json', 'build.mjs'].map((file) => statSync(file).mtimeMs),
);

const isForced = process.argv.includes('--force');
if (isForced || changedAt > builtAt) {
  // Beside it and then in its place, so that nothing finds half of it; by a name of this process, should two build.
  const next = `dist.${process.pid}`;
  await build({
    entryPoints: sources.filter((file) => !isOfClient(file)),
    outdir: `${next}/new`,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    // They are larger than everything else in the package together, and the lines are what a trace needs.
    sourcesContent: false,
    logLevel: 'warning',
  });
  await build({
    entryPoints: ['index.ts', 'apollo/index.ts'].map((file) => path.join(clientFolder, file)),
    outbase: clientFolder,
    outdir: `${next}/new/client`,
    bundle: true,
    splitting: true,
    chunkNames: 'shared-[hash]',
    packages: 'external',
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    sourcemap: true,
    logLevel: 'warning',
  });
  await chmod(`${next}/new/main.js`, 0o755);
  if (existsSync('dist')) await rename('dist', `${next}/old`);
  await rename(`${next}/new`, 'dist');
  await rm(next, { recursive: true, force: true });
}
// In a process of its own: it takes much memory, and the pages are built meanwhile.
const isForStart = process.argv.includes('--demo');
const database = !isForStart ? keepCluster() : hasDatabase() ? null : makeDemo();
await buildPages({ force: isForced });
await database;

if (process.argv.includes('--types')) {
  for (const project of ['tsconfig.types.json', 'tsconfig.client.json'])
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { stdio: 'inherit' });
  const reached = new Set();
  for (const entry of ['index.d.ts', 'client/index.d.ts', 'client/apollo/index.d.ts'])
    reach(path.join('dist', entry), reached);
  // The others describe what is inside, and need types of packages that only we have installed.
  for (const file of listDeclarations()) if (!reached.has(file)) rmSync(file);
}

/** Whether the gateway that is started next has a database already. `makeDemo` would find it out half a second later. */
function hasDatabase() {
  const { DATABASE_URL, DATA_DIR } = process.env;
  return Boolean(DATABASE_URL) || existsSync(path.join(DATA_DIR || '.data', 'postgres'));
}

/** Without it the first start takes some seconds longer, which is no reason not to build. */
function keepCluster() {
  const program = `(await import('./dist/database/embedded/cluster/kept-cluster.js')).keepCluster()`;
  return promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]).catch((error) => {
    console.warn(`An empty database cannot be kept for the first start: ${error.message}`);
  });
}

/** What it fails for, the start will say. It ends with this process, however that ends. */
function makeDemo() {
  const program = `
    process.once('disconnect', () => process.exit());
    const { makeDemo } = await import('./dist/cli/serving/make-demo.js');
    await makeDemo({ env: process.env, stderr: process.stderr, now: () => new Date() }).catch(() => {});
    process.disconnect();
  `;
  const words = ['--max-semi-space-size=32', '--input-type=module', '--eval', program];
  return once(spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }), 'close');
}

/** Follows the imports of a declaration to all declarations that it needs. */
function reach(file, reached) {
  if (reached.has(file)) return;
  reached.add(file);
  for (const [, to] of readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)\.js'/g))
    reach(path.join(path.dirname(file), `${to}.d.ts`), reached);
}

function listDeclarations() {
  return readdirSync('dist', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => path.join('dist', file));
}
