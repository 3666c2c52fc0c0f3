import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const described = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** What would be published, as it is built now. `npm run test:package` builds, installs and uses it. */
describe('The package', () => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [Packed];
  const files = packed.files.map((file) => file.path);

  it('holds what it runs on and what it is documented by, and no source, test or data', () => {
    for (const needed of [
      'dist/main.js',
      'dist/index.js',
      'migrations/0001_artists.sql',
      'README.md',
      'LICENSE',
    ])
      expect(files).toContain(needed);
    expect(files).toContain('schema/schema.graphql');
    expect(files).toContain('schema/trusted-documents.json');
    const folders = new Set(files.map((file) => (file.includes('/') ? file.split('/')[0] : '')));
    for (const folder of ['src', 'test', 'bench', 'node_modules', '.data', '.ci'])
      expect(folders).not.toContain(folder);
    expect(packed.size).toBeLessThan(3_000_000);
  });

  it('can be imported by its name, with types, and has its command', () => {
    expect(described.exports['.']).toEqual({ types: './dist/index.d.ts', default: './dist/index.js' });
    expect(described.bin['mycelix-analytics']).toBe('dist/main.js');
    expect(described.scripts.prepack).toContain('--types');
    const script = `import { createGateway } from 'mycelix-analytics'; process.stdout.write(typeof createGateway)`;
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(said).toBe('function');
  });
});
