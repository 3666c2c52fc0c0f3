import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Block, listBlocks } from '../docs/blocks.js';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { unpackPackage } from '../support/unpack-package.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const blocks = listBlocks(root).filter(({ page }) => page === 'examples/README.md');

/** What is not done as it stands there, and what is done in its place. */
const instead: readonly (readonly [line: RegExp, other: string, reason: string])[] = [
  [/^npm init .*/, '', 'the test writes package.json'],
  [/^npm install .*/, '', 'it needs the registry; the packages are those of the clone'],
  [/^npm pack .*/, '', 'the test has packed it already'],
  [/^npx vite$/, 'npx vite build', 'it serves until it is told to stop'],
];

/** A project beside a clone, made by following the page from top to bottom. */
describe('A project of your own, as the examples describe it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'own-'));
  const project = path.join(folder, 'own');
  let gateway: Gateway;
  beforeAll(async () => {
    const database = await openFresh('fixture');
    gateway = await startGateway(database);
    mkdirSync(path.join(folder, 'mycelix-analytics'));
    for (const name of ['examples', 'schema'])
      symlinkSync(path.join(root, name), path.join(folder, 'mycelix-analytics', name));
    mkdirSync(project);
    mkdirSync(path.join(project, 'node_modules'));
    for (const name of readdirSync(path.join(root, 'node_modules')))
      symlinkSync(path.join(root, 'node_modules', name), path.join(project, 'node_modules', name));
    unpackPackage(project);
    writeFileSync(path.join(project, 'package.json'), '{ "type": "module" }\n');
  });
  afterAll(async () => {
    await gateway?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const inProject = async (command: string) =>
    (await promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', command], { cwd: project }))
      .stdout;
  const follow = async ({ language, text }: Block): Promise<string> => {
    if (language === 'sh') {
      const command = instead.reduce(
        (lines, [line, other]) => lines.map((each) => each.replace(line, other)),
        text.split('\n'),
      );
      return inProject(command.join('\n').replaceAll('http://127.0.0.1:4000', gateway.url));
    }
    const name = /^(?:#|\/\/|<!--) (\S+)/.exec(text)?.[1];
    if (!name) throw new Error(`Expected the name of a file in the first line, got ${text.split('\n')[0]}`);
    writeFileSync(path.join(project, name), text.replaceAll('http://127.0.0.1:4000', gateway.url));
    return '';
  };

  it('asks a typed question', async () => {
    const end = blocks.findIndex(({ text }) => text.includes('npx tsx src/chart.ts'));
    let printed = '';
    for (const block of blocks.slice(0, end + 1)) printed = await follow(block);
    expect(printed).toMatch(/^1\. \S.* by .*: \d+ plays$/m);
    expect(readFileSync(path.join(project, 'src/questions.ts'), 'utf8')).toContain(
      'export const ChartDocument',
    );
  });

  it.each([
    ['the client preset', 'client-preset', /^\S.*: \d+ plays$/m],
    ['gql.tada', 'gql.tada typescript', /^\S.*: \d+ plays$/m],
  ])('asks a question with the types of %s', async (_name, installed, expected) => {
    const start = blocks.findIndex(({ language, text }) => language === 'sh' && text.includes(installed));
    const end = blocks.findIndex(({ text }, at) => at > start && text.includes('npx tsx'));
    let printed = '';
    for (const block of blocks.slice(start, end + 1)) printed = await follow(block);
    expect(printed).toMatch(expected);
  });

  it('shows a widget', async () => {
    const start = blocks.findIndex(({ text }) => text.includes('@apollo/client rxjs'));
    for (const block of blocks.slice(start)) await follow(block);
    expect(existsSync(path.join(project, 'dist/index.html'))).toBe(true);
    expect(readFileSync(path.join(project, 'dist/index.html'), 'utf8')).toMatch(
      /src="\/assets\/index-.*\.js"/,
    );
  });

  it('is what a compiler accepts, and a wrong variable is not', async () => {
    const chart = readFileSync(path.join(project, 'src/chart.ts'), 'utf8');
    writeFileSync(path.join(project, 'src/wrong.ts'), chart.replace('{ first: 5 }', '{ first: "five" }'));
    const options =
      '--noEmit --strict --skipLibCheck --target es2023 --module esnext --moduleResolution bundler';
    const files = '*.ts src/*.ts src/*.tsx';
    await expect(
      inProject(`npx tsc ${options} --jsx react-jsx --lib es2023,dom --types node ${files}`),
    ).rejects.toMatchObject({ stdout: expect.stringMatching(/^src\/wrong\.ts\(.*not assignable.*\n$/) });
  });

  it('is told in full, but for what has a reason', () => {
    const lines = blocks.flatMap(({ text }) => text.split('\n'));
    for (const [line, , reason] of instead) {
      expect(reason).not.toBe('');
      expect(lines.some((each) => line.test(each))).toBe(true);
    }
  });
});
