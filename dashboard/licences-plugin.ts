import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/** What is read of the description of a package. */
interface Described {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

/** The folders of all packages that code was taken from, for the pages and for their workers. */
const folders = new Set<string>();

/**
 * Writes `THIRD-PARTY-LICENCES.txt` beside the pages: each package that something was taken from, with its version,
 * its licence, and the text that the licence wants to be handed on. A package without a licence ends the build.
 */
export function thirdPartyLicences(of: 'pages' | 'workers'): Plugin {
  return {
    name: 'third-party-licences',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const folder = folderOf(id);
        if (folder) folders.add(folder);
      }
      // Workers are bundles of their own, made while the pages are read.
      if (of === 'pages')
        this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENCES.txt', source: write([...folders]) });
    },
  };
}

/** The folder of the package that a file belongs to; none when it is one of ours, or no file. */
function folderOf(id: string): string | undefined {
  return /^\0?([^?]*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
}

function write(packages: readonly string[]): string {
  const parts = packages
    .map((folder) => {
      const { name, version, license, author } = JSON.parse(
        readFileSync(path.join(folder, 'package.json'), 'utf8'),
      ) as Described;
      if (!license) throw new Error(`Expected ${folder} to name its licence.`);
      const texts = readdirSync(folder)
        .filter((file) => /^(licen[cs]e|copying|notice|third-?party-?notices)(\.\w+)?$/i.test(file))
        .sort()
        .map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
      if (texts.length === 0)
        texts.push(`Its package names this licence${byWhom(author)}, and brings no text of it.`);
      return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') };
    })
    .sort((a, b) => (a.title < b.title ? -1 : 1));
  const line = '='.repeat(80);
  const titles = new Set(parts.map(({ title }) => `  ${title}`));
  const whole = new Set(parts.map(({ title, text }) => `${line}\n${title}\n${line}\n\n${text}`));
  return `The pages hold code of these packages:\n\n${[...titles].join('\n')}\n\n${[...whole].join('\n\n')}\n`;
}

function byWhom(author: Described['author']): string {
  const name = typeof author === 'string' ? author : author?.name;
  return name ? ` and ${name} as its author` : '';
}
