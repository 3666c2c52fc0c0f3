import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type CodegenConfig, generate } from '@graphql-codegen/cli';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../src/database/migrator.js';
import { openServer } from '../../src/database/server.js';
import { seedDemo } from '../../src/demo/seed.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type Block, listBlocks } from './blocks.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const secret = 'the-secret-of-an-operator-in-the-docs';

/** What is no program, and what cannot be run here: each with the reason. A line stands for itself, wherever it is. */
const languagesThatDoNotRun: Readonly<Record<string, string>> = {
  json: 'an answer; its shape is compared with the real one where a question stands before it',
  ini: 'a file of settings of another program',
  mermaid: 'a picture',
  '': 'no program',
};
const linesThatDoNotRun: readonly (readonly [text: RegExp, reason: string])[] = [
  [/^npm ci/, 'what a clean clone is tested with'],
  [/^npm start$/, 'it serves until it is told to stop; the package test starts it'],
  [/^npm run check$/, 'it is run beside the tests'],
  [/^npm install /, 'it needs the registry'],
  [/^npx graphql-codegen$/, 'the settings that it takes are tried by themselves'],
  [/^export DATABASE_URL=/, 'the test has a server of its own'],
  [/^DATABASE(_DIRECT)?_URL=/, 'settings, with a pooler that has to be installed'],
  [/^npx mycelix-analytics serve$/, 'it serves until it is told to stop'],
  [/\bpg_cron\b|\bcron\b/, 'the extension is not part of the servers that the tests bring'],
  [/^(docker|systemctl|systemd-analyze|useradd|install) /, 'it needs a daemon, or changes the machine'],
];
const blocksThatDoNotRun: readonly (readonly [start: string, reason: string])[] = [
  [
    'const { client, start } = createPollingClient',
    'a part of a page; examples/ has the whole of it, and tests',
  ],
];

const blocks = listBlocks(root);
const shown = ({ page, line, language }: Block) => `${page}:${line} (${language})`;

/** What of a block is run, and nothing if nothing of it is. */
function runnable({ language, text }: Block): string {
  if (language in languagesThatDoNotRun) return '';
  if (blocksThatDoNotRun.some(([start]) => text.startsWith(start))) return '';
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
    server = await startPostgres(18);
    const admin = openServer({ connectionString: server.url, poolSize: 1 });
    await admin.pool.query('create role gateway superuser login password $$gateway$$');
    await admin.pool.query('create database music owner gateway');
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
    await database.pool.query(
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
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', command], {
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
          await gateway.database.pool.query(text);
          break;
        case 'ts': {
          const file = path.join(folder, `snippet-${index}.mts`);
          writeFileSync(file, text.replaceAll('http://127.0.0.1:4000', gateway.url));
          if (text.includes('CodegenConfig')) {
            const { default: config } = (await import(file)) as { default: CodegenConfig };
            const made = await generate({ ...config, documents: questions(folder), silent: true }, false);
            expect(made[0].content).toContain('export const ChartDocument');
            expect(made[0].content).toContain('totalEarnings: string');
            break;
          }
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

  it('is run, all but what has a reason', () => {
    const skipped = blocks.filter(
      (block) => runnable(block) === '' && !(block.language in languagesThatDoNotRun),
    );
    expect(blocks.length - skipped.length).toBeGreaterThan(20);
    for (const [pattern, reason] of linesThatDoNotRun) {
      expect(reason).not.toBe('');
      expect(blocks.some(({ text }) => text.split('\n').some((line) => pattern.test(line)))).toBe(true);
    }
    for (const [start] of blocksThatDoNotRun)
      expect(blocks.some(({ text }) => text.startsWith(start))).toBe(true);
  });
});

/** A question as a front end would write it into a file. */
function questions(folder: string): string {
  const file = path.join(folder, 'questions.graphql');
  writeFileSync(file, 'query Chart { topSongsThisWeek(first: 3) { rank song { title totalEarnings } } }');
  return file;
}

/** The command by its name, the key of the operator where the documentation looks for it, and files to import. */
function lookLikeAClone(folder: string): void {
  mkdirSync(path.join(folder, 'bin'));
  const command = `exec ${process.execPath} ${tsx} --tsconfig ${root}tsconfig.json ${root}src/main.ts "$@"\n`;
  for (const [name, before] of [
    ['mycelix-analytics', ''],
    ['npx', '[ "$1" = mycelix-analytics ] && shift\n'],
  ] as const) {
    writeFileSync(path.join(folder, 'bin', name), `#!/bin/sh\n${before}${command}`);
    chmodSync(path.join(folder, 'bin', name), 0o755);
  }
  mkdirSync(path.join(folder, '.data'));
  writeFileSync(path.join(folder, '.data/operator-key'), `${secret}\n`);
  const files = {
    'artists.csv': 'artist_address,name\n0xcd,Somebody\n',
    'songs.csv': 'song_id,title,artist_address,strategy\nimported,Imported,0xcd,auction\n',
    'plays.csv':
      'song_id,listener_address,played_at,duration,amount_paid\nimported,0xef,2026-01-01T00:00:00Z,60,0.5\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
}

/** What there is in a value, without how much of it: names, kinds, and the first of each list. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}
