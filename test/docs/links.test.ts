import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const pages = ['.', 'docs', 'docs/decisions', 'examples', 'ops'].flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join(folder, file)),
);

/** The anchors that headings get. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s-]/gu, '')
        .replace(/\s/g, '-'),
    ),
  );
}

describe('The pages', () => {
  it.each(pages)('%s leads to nothing that is not there', (page) => {
    const dead = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? page : path.join(path.dirname(page), file);
        if (!existsSync(path.join(root, target))) return true;
        return anchor !== undefined && !anchorsOf(read(target)).has(anchor);
      });
    expect(dead).toEqual([]);
  });

  it('name every setting, with its default', () => {
    const files = readdirSync(path.join(root, 'src/config/variables')).map((file) => `variables/${file}`);
    const source = [...files, 'tracing/read-tracing.ts'].map((file) => read(`src/config/${file}`));
    const settings = [...source.join('\n').matchAll(/^ {2}([A-Z][A-Z_]+):([\s\S]*?)(?=^ {2}[A-Z]|^\}[;)])/gm)]
      .map(([, name = '', rule = '']) => ({
        name,
        usual: [
          /\.default\('(.+?)'\)/,
          /wholeNumber\(.*, ([\d_]+)\)/,
          /choice\(.*, '(\w+)'\)/,
          /schedule\('\w+', '(.+?)'/,
        ]
          .map((pattern) => pattern.exec(rule)?.[1])
          .find((found) => found !== undefined),
      }))
      .filter(({ name }) => name !== 'NODE_ENV');
    expect(settings.length).toBeGreaterThan(45);
    const rows = `${read('docs/settings.md')}\n${read('docs/tracing.md')}`
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    for (const { name, usual } of settings) {
      const row = rows.find(([, names = '']) => names.includes(`\`${name}\``));
      expect(row, `a row for ${name}`).toBeDefined();
      if (usual) expect(row?.at(-2), name).toContain(`\`${usual.replace(/(?<=\d)_(?=\d)/g, '')}\``);
    }
    expect(settings.filter(({ usual }) => usual).length).toBeGreaterThan(15);
  });

  it('name every command', () => {
    const text = read('docs/settings.md');
    const commands = readdirSync(path.join(root, 'src/cli/commands'))
      .map((file) => /name: '(\w+)',\n {2}summary/.exec(read(`src/cli/commands/${file}`))?.[1])
      .filter((name) => name !== undefined);
    expect(commands.length).toBeGreaterThan(8);
    expect(commands.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
