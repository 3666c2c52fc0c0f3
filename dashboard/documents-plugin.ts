import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const published = fileURLToPath(new URL('../schema/operations/', import.meta.url));

const modules: Readonly<Record<string, () => Record<string, string>>> = {
  'virtual:starters': readStarters,
};

/**
 * Gives the pages the published operations as people read them: `virtual:starters` has the text of each as it stands in
 * its file, comment and all.
 */
export function publishedDocuments(): Plugin {
  return {
    name: 'published-documents',
    resolveId: (id) => (id in modules ? `\0${id}` : null),
    load(id) {
      const read = id.startsWith('\0') ? modules[id.slice(1)] : undefined;
      return read ? `export default ${JSON.stringify(read())};` : null;
    },
  };
}

function nameOf(text: string): string {
  const name = /^(?:query|mutation) (\w+)/m.exec(text)?.[1];
  if (!name) throw new Error(`Expected an operation with a name, got ${text.slice(0, 40)}`);
  return name;
}

/** The operations by their names, each with the fragments that it spreads. */
function readStarters(): Record<string, string> {
  const definitions = readdirSync(published)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .flatMap((file) => readFileSync(path.join(published, file), 'utf8').trim().split(/\n\n+/));
  const fragments = definitions.filter((text) => /^fragment /m.test(text));
  const operations = definitions.filter((text) => !fragments.includes(text));
  return Object.fromEntries(operations.map((text) => [nameOf(text), withFragments(text, fragments)]));
}

function withFragments(operation: string, fragments: readonly string[]): string {
  const spread = (text: string): string[] =>
    fragments.filter((fragment) => {
      const name = /^fragment (\w+)/m.exec(fragment)?.[1];
      return new RegExp(`\\.\\.\\.${name}\\b`).test(text);
    });
  const used = new Set<string>();
  const collect = (text: string) => {
    for (const fragment of spread(text)) {
      if (used.has(fragment)) continue;
      used.add(fragment);
      collect(fragment);
    }
  };
  collect(operation);
  return `${[operation, ...used].join('\n\n')}\n`;
}
