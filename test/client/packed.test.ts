import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { unpackPackage } from '../support/unpack-package.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

const plain = (variables: string) => `
  import { createPollingClient, createTagFetch, TrendingSongsDocument } from 'mycelix-analytics/client';
  const client = createPollingClient({ url: process.argv[2] + '/graphql', fetch: createTagFetch() });
  const { data, freshness } = await client.ask(TrendingSongsDocument, ${variables});
  const titles: (string | null)[] = data.trendingSongs.map(({ title }) => title);
  console.log(titles.length, typeof freshness?.generation);
`;

const apollo = `
  import { ApolloClient, InMemoryCache } from '@apollo/client';
  import { createPollingClient, TrendingSongsDocument } from 'mycelix-analytics/client';
  import { createPollingLink, toDocumentNode } from 'mycelix-analytics/client/apollo';
  const polling = createPollingClient({ url: process.argv[2] + '/graphql' });
  const client = new ApolloClient({ cache: new InMemoryCache(), link: createPollingLink(polling) });
  const query = toDocumentNode(TrendingSongsDocument);
  const { data } = await client.query({ query, variables: { first: 2 } });
  const titles: (string | null)[] | undefined = data?.trendingSongs.map(({ title }) => title);
  console.log(titles?.length);
`;

describe('The client of the package, in a project that has nothing else', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'front-end-'));
  const entry = path.join(folder, 'node_modules/mycelix-analytics/dist/client');
  let gateway: Gateway;
  beforeAll(async () => {
    writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
    unpackPackage(folder);
    gateway = await startGateway(await openFresh('fixture'));
  });
  afterAll(async () => {
    await gateway?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (file: string) =>
    (await promisify(execFile)(process.execPath, [file, gateway.url], { cwd: folder })).stdout;

  it('imports nothing, and Apollo Client only where that is asked for', () => {
    const importedBy = (name: string) =>
      ['.js', '.d.ts']
        .map((ending) => readFileSync(path.join(entry, name + ending), 'utf8'))
        .flatMap((text) => [...text.matchAll(/\b(?:from|import) ?["']([^."'][^"']*)["']/g)])
        .map(([, packageName]) => packageName);
    expect(importedBy('index')).toEqual([]);
    expect(new Set(importedBy('apollo/index'))).toEqual(
      new Set(['@apollo/client', '@apollo/client/utilities']),
    );
  });

  it('asks a gateway in plain Node.js, with and without Apollo Client, and fits the types of both', async () => {
    writeFileSync(path.join(folder, 'plain.js'), plain('{ first: 2 }').replace(/: \(string.*\[\]/, ''));
    expect(await run('plain.js')).toBe('2 number\n');

    for (const name of [
      '@apollo',
      '@graphql-typed-document-node',
      '@wry',
      'graphql',
      'optimism',
      'rxjs',
      'tslib',
    ])
      symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name));
    const sources = { right: plain('{ first: 2 }'), wrong: plain("{ first: 'two' }"), apollo };
    for (const [name, text] of Object.entries(sources)) writeFileSync(path.join(folder, `${name}.ts`), text);
    const options =
      '--strict --target es2022 --module nodenext --lib es2022,dom --types node --skipLibCheck false';
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    const typeRoots = ['--typeRoots', path.join(root, 'node_modules/@types')];
    const files = Object.keys(sources).map((name) => `${name}.ts`);
    const compiled = promisify(execFile)(
      process.execPath,
      [compiler, ...options.split(' '), ...typeRoots, ...files],
      { cwd: folder },
    );
    const { stdout } = await compiled.catch((error: { stdout: string }) => error);
    // Packages that Apollo Client needs are not all right by themselves.
    const found = stdout.split('\n').filter((line) => line !== '' && !line.includes('node_modules/@wry/'));
    expect(found).toEqual([
      expect.stringMatching(/^wrong\.ts\(4,.*'string' is not assignable to type 'number'/),
    ]);
    expect(await run('right.js')).toBe('2 number\n');
    expect(await run('apollo.js')).toBe('2\n');
  });

  it.each([
    ['createPollingClient', 'client', 4_500],
    ['createPollingClient, TrendingSongsDocument, ArtistDocument', 'client', 5_000],
    ['createTagFetch', 'client', 600],
    ['createPollingLink, refetchWhenMoved, toDocumentNode', 'client/apollo', 650],
  ])('weighs little on a page: %s of %s stays below %i bytes', async (names, entry, maxBytes) => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { ${names} } from 'mycelix-analytics/${entry}'; globalThis.used = [${names}];`,
        resolveDir: folder,
      },
      bundle: true,
      minify: true,
      format: 'esm',
      external: ['@apollo/client', '@apollo/client/utilities'],
      write: false,
    });
    const bytes = gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
    expect(bytes).toBeLessThan(maxBytes);
    // A budget that is much larger than what it is for holds nothing.
    expect(bytes).toBeGreaterThan(maxBytes * 0.75);
  });
});
