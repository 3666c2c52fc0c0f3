/**
 * Writes everything that is generated, or with --check says what no longer fits its sources:
 * the schema in its own language and as a page, the sum of the migrations, the types of the tables, the typed documents, and the documents that may be trusted.
 */
import 'reflect-metadata';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pgDump } from '@electric-sql/pglite-tools/pg_dump';
import { generate as generateDocuments } from '@graphql-codegen/cli';
import { type GenerateOptions, generate as generateTypes, PostgresDialect } from 'kysely-codegen';
import codegen from './codegen.js';
import { overPglite } from './src/database/embedded.js';
import { migrate } from './src/database/migrations/migrate.js';
import { trustedManifest } from './src/limits/trusted-manifest.js';
import { createSchema, printSdl } from './src/schema.js';
import { printReference } from './src/schema-reference.js';

interface Generated {
  readonly file: string;
  readonly text: string;
}

/** pg_dump tells its version and a random token, which say nothing about the schema. */
function withoutNoise(dump: string): string {
  return dump
    .split('\n')
    .filter((line) => !/^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict)/.test(line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

async function fromMigrations(): Promise<Generated[]> {
  const lite = await PGlite.create('memory://');
  const database = overPglite(lite);
  await migrate(database);
  const types = await generateTypes({
    // The generator's declarations name their own copy of the class.
    db: database.kysely as unknown as GenerateOptions['db'],
    dialect: new PostgresDialect(),
    typeMapping: { timestamptz: 'string', int8: 'number | bigint' },
    includePattern: '{public,analytics}.*',
  });
  const dump = await pgDump({ pg: lite, args: ['--schema-only', '--no-owner', '--no-privileges'] });
  const structure = `-- The sum of the migrations, as pg_dump sees it. Generated; do not edit.\n\n${withoutNoise(await dump.text())}\n`;
  await lite.close();
  return [
    { file: 'src/database/generated.ts', text: types },
    { file: 'schema/structure.sql', text: structure },
  ];
}

async function documents(): Promise<Generated[]> {
  const files = (await generateDocuments(codegen, false)) as { filename: string; content: string }[];
  return files.map(({ filename, content }) => ({ file: path.relative('.', filename), text: content }));
}

async function trustedDocuments(): Promise<Generated[]> {
  const folder = 'schema/operations';
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort();
  const sources = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  const text = `${JSON.stringify(trustedManifest(sources), null, 2)}\n`;
  return [{ file: 'schema/trusted-documents.json', text }];
}

/** Writes or compares one file. @returns whether it fitted already. */
async function settle({ file, text }: Generated, isCheck: boolean): Promise<boolean> {
  const present = await readFile(file, 'utf8').catch(() => null);
  if (present === text) return true;
  if (isCheck) return false;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  process.stdout.write(`wrote ${file}\n`);
  return false;
}

const isCheck = process.argv.includes('--check');
const drifted: string[] = [];
const settleAll = async (generated: readonly Generated[]) => {
  for (const one of generated) if (!(await settle(one, isCheck))) drifted.push(one.file);
};
await settleAll([{ file: 'schema/schema.graphql', text: await printSdl() }]);
await settleAll([{ file: 'docs/schema.md', text: printReference(await createSchema()) }]);
await settleAll(await fromMigrations());
await settleAll(await documents());
await settleAll(await trustedDocuments());

if (isCheck && drifted.length > 0) {
  process.stderr.write(`Out of date: ${drifted.join(', ')}. Run npm run generate.\n`);
  process.exit(1);
}
