import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { trustedManifest } from '../src/limits/trusted-manifest.ts';

const published = fileURLToPath(new URL('../schema/operations/', import.meta.url));
const own = fileURLToPath(new URL('health.graphql', import.meta.url));

const documents = 'virtual:documents';
const starters = 'virtual:starters';

/**
 * Gives the pages the published operations. `virtual:documents` has each by its name, with its text and the hash that
 * a gateway trusts it by, so that the pages need neither a parser nor `crypto.subtle`, which browsers keep from plain
 * HTTP; `virtual:starters` has the files as they are, comments and all.
 */
export function publishedDocuments(): Plugin {
  return {
    name: 'published-documents',
    resolveId: (id) => (id === documents || id === starters ? `\0${id}` : null),
    load(id) {
      if (id === `\0${documents}`) return documentsModule();
      if (id === `\0${starters}`) return startersModule();
      return null;
    },
  };
}

function readPublished(): { readonly name: string; readonly text: string }[] {
  return readdirSync(published)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => ({
      name: path.basename(file, '.graphql'),
      text: readFileSync(path.join(published, file), 'utf8'),
    }));
}

function documentsModule(): string {
  const sources = [...readPublished().map(({ text }) => text), readFileSync(own, 'utf8')];
  return Object.entries(trustedManifest(sources))
    .map(([hash, text]) => {
      const name = /^(?:query|mutation) (\w+)/.exec(text)?.[1];
      if (!name) throw new Error(`Expected an operation with a name, got ${text.slice(0, 40)}`);
      return `export const ${name} = ${JSON.stringify({ name, hash, text })};`;
    })
    .join('\n');
}

/** What opens first; the others follow by their names. */
const firstStarters = ['platform-stats', 'song-analytics', 'top-songs-week', 'genre-stats'];

/** A tab holds one file, with the fragments of others that it spreads. */
function startersModule(): string {
  const files = readPublished();
  const fragments = new Map(
    files.flatMap(({ text }) =>
      [...text.matchAll(/(?:^#.*\n)?^fragment (\w+) [\s\S]*?^}\n/gm)].map(
        ([whole, name]) => [name, whole] as const,
      ),
    ),
  );
  const tabs = files
    .map(({ name, text }) => ({ name, text: withFragments(text, fragments) }))
    .sort((a, b) => placeOf(a.name) - placeOf(b.name));
  return `export default ${JSON.stringify(tabs)};`;
}

function placeOf(name: string): number {
  const place = firstStarters.indexOf(name);
  return place < 0 ? firstStarters.length : place;
}

function withFragments(text: string, fragments: ReadonlyMap<string | undefined, string>): string {
  let whole = text;
  // A Map's order is the files' order, and fragments may spread fragments of later files.
  for (let before = ''; before !== whole; ) {
    before = whole;
    for (const [name, fragment] of fragments)
      if (whole.includes(`...${name}`) && !whole.includes(`fragment ${name} on `)) whole += `\n${fragment}`;
  }
  return whole;
}
