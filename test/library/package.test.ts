import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
      'dist/client/index.js',
      'dist/client/apollo/index.js',
      'migrations/0001_baseline.sql',
      'dashboard/dist/dashboard.html',
      'dashboard/dist/THIRD-PARTY-LICENCES.txt',
      'docs/library.md',
      'examples/README.md',
      'ops/README.md',
      'CHANGELOG.md',
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

  it('names what the pages are made of, under licences that ask for nothing but to be handed on', () => {
    const notices = readFileSync(path.join(root, 'dashboard/dist/THIRD-PARTY-LICENCES.txt'), 'utf8');
    const [list = ''] = notices.split('='.repeat(80));
    const licences = [...list.matchAll(/^ {2}(\S+) \d\S* \((.+)\)$/gm)].map(([, name, licence]) => ({
      name,
      licence,
    }));
    const names = licences.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['react', 'uplot', 'graphiql', 'monaco-editor', 'graphql']));
    const free = /^\(?(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0 OR Apache-2\.0)\)?$/;
    expect(licences.filter(({ licence = '' }) => !free.test(licence))).toEqual([]);
  });

  it('leads nowhere that is not in it', () => {
    const given = new Set(files);
    const links = [...readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/\]\(([^)#\s]+)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^https?:/.test(link));
    const missing = links.filter(
      (link) => !given.has(link) && !files.some((file) => file.startsWith(`${link.replace(/\/$/, '')}/`)),
    );
    // It stands where the source is; whoever has the package does not need it.
    expect(missing.sort()).toEqual(['CONTRIBUTING.md']);
  });

  it('can be imported by its name, with types, and has its command', () => {
    expect(described.exports['.']).toEqual({ types: './dist/index.d.ts', default: './dist/index.js' });
    expect(described.bin['mycelix-analytics']).toBe('bin/mycelix-analytics.js');
    expect(described.scripts.prepack).toContain('--types');
    const script = `import { createGateway } from 'mycelix-analytics'; process.stdout.write(typeof createGateway)`;
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(said).toBe('function');
  });

  it('has a command that is there before the build, and says what it needs', () => {
    const clone = mkdtempSync(path.join(tmpdir(), 'unbuilt-'));
    try {
      cpSync(path.join(root, 'bin'), path.join(clone, 'bin'), { recursive: true });
      cpSync(path.join(root, 'package.json'), path.join(clone, 'package.json'));
      const run = (folder: string) =>
        spawnSync(process.execPath, [path.join(folder, described.bin['mycelix-analytics']!), '--help'], {
          encoding: 'utf8',
        });
      expect(run(clone)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('Run `npm run build` first.'),
      });
      expect(run(root)).toMatchObject({ status: 0, stdout: expect.stringContaining('serve') });
    } finally {
      rmSync(clone, { recursive: true });
    }
  });
});
