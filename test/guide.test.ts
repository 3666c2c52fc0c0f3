import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const form = /\bG-[A-Z]+-\d+\b/g;

/** The ids at the beginning of the rows. */
function listPromises(): string[] {
  const text = readFileSync(path.join(root, 'docs/guide.md'), 'utf8');
  return [...text.matchAll(/^\| (G-[A-Z]+-\d+) \|/gm)].map(([, id]) => id as string);
}

/** The ids in brackets inside the titles of tests. */
function listHeld(): Set<string> {
  const files = readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' });
  const titles = files
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(root, 'test', file), 'utf8'))
    .flatMap((text) => [...text.matchAll(/['"`][^'"`\n]*\((G-[^)\n]+)\)[^'"`\n]*['"`]\s*,/g)]);
  return new Set(titles.flatMap(([, ids]) => ids?.match(form) ?? []));
}

describe('The guide', () => {
  it('has an id for each promise, and each once', () => {
    const promises = listPromises();
    expect(promises.length).toBeGreaterThan(20);
    expect(promises.filter((id, index) => promises.indexOf(id) !== index)).toEqual([]);
  });

  it('promises nothing that no test holds', () => {
    const held = listHeld();
    expect(listPromises().filter((id) => !held.has(id))).toEqual([]);
  });

  it('leaves out nothing that tests hold in its name', () => {
    const promises = new Set(listPromises());
    expect([...listHeld()].filter((id) => !promises.has(id))).toEqual([]);
  });
});
