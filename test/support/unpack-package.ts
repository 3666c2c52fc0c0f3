import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Puts the package into the `node_modules` of a project, as `npm pack` packs what was built, and nothing that it depends
 * on. The declarations of the client are made if need be, because only `prepack` makes them otherwise.
 */
export function unpackPackage(project: string): void {
  const target = path.join(project, 'node_modules/mycelix-analytics');
  mkdirSync(target, { recursive: true });
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ filename: string }];
  const tarball = path.join(project, filename);
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  rmSync(tarball);
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const words = [
    compiler,
    '-p',
    path.join(root, 'tsconfig.client.json'),
    '--outDir',
    path.join(target, 'dist'),
  ];
  execFileSync(process.execPath, words, { stdio: 'inherit' });
}
