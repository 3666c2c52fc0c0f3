import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../src/database/migrations/migrate.js';
import { seedDemo } from '../../src/demo/seed.js';
import { buildGateway } from '../refresh/gateway-process.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { openServer } from '../support/open-server.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type Block, listBlocks } from './blocks.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const secret = 'the-secret-of-an-operator-in-the-docs';

/** What is no program, and what cannot be run here: each with the reason. A line stands for itself, wherever it is. */
const languagesThatDoNotRun: Readonly<Record<string, string>> = {
  json: 'an answer: it is read, and its shape compared with the real one where a question stands before it',
  ini: 'settings of other programs; test/cli/doctor.test.ts starts PgBouncer with such',
  mermaid: 'a picture',
};
const linesThatDoNotRun: readonly (readonly [text: RegExp, reason: string])[] = [
  [/^npm ci/, 'what a clean clone is tested with'],
  [/^npm start$/, 'it serves until it is told to stop; the package test starts it'],
  [/^npm run check$/, 'it is run beside the tests'],
  [/^export DATABASE_URL=/, 'the test has a server of its own'],
  [/^DATABASE(_DIRECT_URL|_READ_URLS|_URL)=/, 'settings, with a pooler or a standby that has to be there'],
  [
    /pg_basebackup|postgresql\.auto\.conf|^pg_ctl /,
    'test/support/standby.ts makes a standby, without these programs',
  ],
  [/^npx mycelix-analytics serve$/, 'it serves until it is told to stop'],
  [/\bpg_cron\b|\bcron\b/, 'the extension is not part of the servers that the tests bring'],
  [/^docker /, 'it needs a daemon; test/ops reads the files that it is given'],
];
const pagesRunElsewhere: Readonly<Record<string, string>> = {
  'examples/README.md': 'test/examples/own-project.test.ts follows it from top to bottom',
  'docs/adding-a-view.md': 'test/docs/adding.test.ts follows it in a copy',
  'docs/adding-a-column.md': 'test/docs/adding.test.ts follows it in a copy',
};

const blocks = listBlocks(root);
const shown = ({ page, line, language }: Block) => `${page}:${line} (${language})`;

/** What of a block is run, and nothing if nothing of it is. */
function runnable({ page, language, text }: Block): string {
  if (page in pagesRunElsewhere || language in languagesThatDoNotRun) return '';
  if (language !== 'sh' && language !== 'sql') return text;
  return text
    .split('\n')
    .filter((line) => !linesThatDoNotRun.some(([pattern]) => pattern.test(line)))
    .join('\n')
    .trim();
}

describe('What the documentation shows', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reader-'));
  let server: PostgresServer;
  let gateway: Gateway;
  let url: string;

  beforeAll(async () => {
    buildGateway();
    server = await startPostgres(18);
    const admin = openServer({ connectionString: server.url, poolSize: 1 });
    await admin.query('create role gateway superuser login password $$gateway$$');
    await admin.query('create database music owner gateway');
    await admin.close();
    url = server.url.replace('postgres:postgres@', 'gateway:gateway@').replace(/\/postgres$/, '/music');
    const database = openServer({ connectionString: url, poolSize: 4 });
    await migrate(database);
    await seedDemo(
      database,
      { artists: 20, songs: 200, listeners: 50, plays: 3_000, days: 90, seed: 1 },
      new Date(),
    );
    // A month that may go.
    await database.query(
      `select analytics.ensure_play_partitions_between('2025-01-01', '2025-01-31');
       insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('song-1', '0xab', '2025-01-15', 1, 0)`,
    );
    gateway = await startGateway(database, {
      OPERATOR_KEYS: `reader:${secret}`,
      REFRESH_SCHEDULE: '0 0 1 1 *',
    });
    lookLikeAClone(folder);
  });
  afterAll(async () => {
    await gateway?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const inShell = async (text: string) => {
    const command = text.replaceAll('http://127.0.0.1:4000', gateway.url);
    const { stdout } = await promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', command], {
      cwd: folder,
      env: { PATH: `${folder}/bin:${process.env.PATH}`, HOME: folder, DATABASE_URL: url },
    });
    return stdout;
  };

  for (const [index, block] of blocks.entries()) {
    const text = runnable(block);
    if (text === '') continue;
    const answer = blocks[index + 1];
    it(`${shown(block)} works`, async () => {
      switch (block.language) {
        case 'sh': {
          const printed = await inShell(text);
          if (!text.startsWith('curl')) break;
          const real = JSON.parse(printed.slice(printed.indexOf('{"')));
          expect(real.errors).toBeUndefined();
          if (answer?.language === 'json' && answer.page === block.page)
            expect(shapeOf(real)).toEqual(shapeOf(JSON.parse(answer.text)));
          break;
        }
        case 'graphql':
          expect((await gateway.ask(text)).errors).toEqual([]);
          break;
        case 'sql':
          await gateway.database.query(text);
          break;
        case 'ts': {
          const file = path.join(folder, `snippet-${index}.ts`);
          writeFileSync(file, text.replaceAll('http://127.0.0.1:4000', gateway.url));
          const words = [tsx, '--tsconfig', path.join(root, 'tsconfig.json'), file];
          await promisify(execFile)(process.execPath, words, {
            cwd: folder,
            env: { PATH: process.env.PATH, DATABASE_URL: url, LOG_LEVEL: 'warn' },
          });
          break;
        }
        default:
          throw new Error(`Expected sh, graphql, sql or ts, or a reason, got ${block.language}.`);
      }
    });
  }

  it('is what the compiler accepts, where it is TypeScript', async () => {
    const files = blocks.flatMap((block, index) =>
      block.language === 'ts' && runnable(block) !== '' ? [`snippet-${index}.ts`] : [],
    );
    expect(files.length).toBeGreaterThan(1);
    const compilerOptions = {
      noUnusedLocals: false,
      paths: {
        'mycelix-analytics': [`${root}src/index.ts`],
        'mycelix-analytics/client': [`${root}src/client/index.ts`],
        'mycelix-analytics/client/apollo': [`${root}src/client/apollo/index.ts`],
      },
      typeRoots: [`${root}node_modules/@types`],
    };
    const settings = { extends: `${root}tsconfig.json`, compilerOptions, include: [], files };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', folder]).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe('');
  });

  it('can be read: shell by bash, answers as JSON', async () => {
    for (const { page, line, text } of blocks.filter(({ language }) => language === 'sh'))
      await promisify(execFile)('bash', ['-n', '-c', text]).catch((error: Error) => {
        throw new Error(`${page}:${line}: ${error.message}`);
      });
    for (const { language, text } of blocks)
      if (language === 'json') expect(() => JSON.parse(text.replaceAll('…', ''))).not.toThrow();
  });

  it('is run, all but what has a reason', () => {
    const left = blocks.flatMap((block) => {
      const { page, line, language, text } = block;
      const whole = pagesRunElsewhere[page] ?? languagesThatDoNotRun[language];
      if (whole) return language === 'json' ? [] : [[`${shown(block)}`, whole]];
      if (language !== 'sh' && language !== 'sql') return [];
      return text.split('\n').flatMap((each, index) => {
        const reason = linesThatDoNotRun.find(([pattern]) => pattern.test(each))?.[1];
        return reason ? [[`${page}:${line + index} ${each}`, reason]] : [];
      });
    });
    console.info(`Not run here:\n${left.map(([what, why]) => `  ${what}\n      ${why}`).join('\n')}`);
    expect(left.filter(([, why]) => !Object.values(pagesRunElsewhere).includes(why!)).length).toBeLessThan(
      40,
    );
    expect(blocks.filter((block) => runnable(block) !== '').length).toBeGreaterThan(15);
    // A reason for something that is no longer there would hide the next thing.
    for (const [pattern] of linesThatDoNotRun)
      expect(blocks.some(({ text }) => text.split('\n').some((line) => pattern.test(line)))).toBe(true);
    for (const language of Object.keys(languagesThatDoNotRun))
      expect(blocks.some((block) => block.language === language)).toBe(true);
    for (const page of Object.keys(pagesRunElsewhere))
      expect(blocks.some((block) => block.page === page)).toBe(true);
  });
});

/** The command by its name, the key of the operator where the documentation looks for it, and files to import. */
function lookLikeAClone(folder: string): void {
  mkdirSync(path.join(folder, 'bin'));
  const command = `exec ${process.execPath} ${root}dist/main.js "$@"\n`;
  for (const [name, before] of [
    ['mycelix-analytics', ''],
    ['npx', '[ "$1" = mycelix-analytics ] && shift\n'],
  ] as const) {
    writeFileSync(path.join(folder, 'bin', name), `#!/bin/sh\n${before}${command}`);
    chmodSync(path.join(folder, 'bin', name), 0o755);
  }
  mkdirSync(path.join(folder, '.data'));
  // What a snippet imports.
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(path.join(folder, '.data/operator-key'), `${secret}\n`);
  const files = {
    'artists.csv': 'artist_address,name\n0xcd,Somebody\n',
    'songs.csv': 'song_id,title,artist_address,strategy\nimported,Imported,0xcd,auction\n',
    'plays.csv':
      'song_id,listener_address,played_at,duration,amount_paid\nimported,0xef,2026-01-01T00:00:00Z,60,0.5\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  symlinkSync(path.join(root, 'examples'), path.join(folder, 'examples'));
  copyFileSync(
    path.join(root, 'test/examples/histories/lastfm-with-header.csv'),
    path.join(folder, 'scrobbles.csv'),
  );
}

/** What there is in a value, without how much of it: names, kinds, and the first of each list. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}
