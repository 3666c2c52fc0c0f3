/**
 * Writes everything that is generated, or with --check says what no longer fits its sources:
 * the schema in its own language and as a page, the sum of the migrations, the types of the tables, the typed documents, and the documents that may be trusted.
 */
import 'reflect-metadata';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { pgDump } from '@electric-sql/pglite-tools/pg_dump';
import { generate as generateDocuments } from '@graphql-codegen/cli';
import { Kysely, PostgresDialect } from 'kysely';
import {
  PostgresDialect as CodegenDialect,
  type GenerateOptions,
  generate as generateTypes,
} from 'kysely-codegen';
import pg from 'pg';
import codegen from './codegen.js';
import { views } from './src/catalogue/index.js';
import { Strategy } from './src/catalogue/strategy.js';
import type { View } from './src/catalogue/view.js';
import { overPglite } from './src/database/embedded/embedded.js';
import { migrate } from './src/database/migrations/migrate.js';
import { trustedManifest } from './src/limits/documents/trusted-manifest.js';
import { createSchema, printSdl } from './src/schema/schema.js';
import { printReference } from './src/schema/schema-reference.js';

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

const types = {
  count: 'number | bigint',
  decimal: 'Numeric',
  strategy: Object.values(Strategy)
    .map((value) => JSON.stringify(value))
    .join(' | '),
};

/** The types of a view's columns, as the catalogue promises them. */
function typedColumns({ name: view, columns }: View): [column: string, type: string][] {
  return Object.values(columns).map(({ name, kind, nullable, isWithholdable }) => [
    `${view}.${name}`,
    `${types[kind as keyof typeof types] ?? 'string'}${nullable && !isWithholdable ? ' | null' : ''}`,
  ]);
}

/** A Kysely that runs its queries, which that of the gateway does not. */
function executing(lite: PGlite): Kysely<unknown> {
  const config = { ...createPgConfig(lite), max: 1, idleTimeoutMillis: 0 } as pg.PoolConfig;
  return new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool(config) }) });
}

async function fromMigrations(): Promise<Generated[]> {
  const lite = await PGlite.create('memory://');
  await migrate(overPglite(lite));
  const types = await generateTypes({
    // The generator's declarations name their own copy of the class.
    db: executing(lite) as unknown as GenerateOptions['db'],
    dialect: new CodegenDialect(),
    typeMapping: { timestamptz: 'string', int8: 'number | bigint' },
    includePattern: '{public,analytics}.*',
    // PostgreSQL knows of no view which columns are never null, nor which texts a column holds.
    overrides: { columns: Object.fromEntries(views.flatMap(typedColumns)) },
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
  const published = printPublished(await publishedManifest());
  return files.map(({ filename, content }) => {
    const file = path.relative('.', filename);
    return {
      file,
      text:
        file === 'src/client/operations.ts'
          ? `${published.imports}${content}\n${published.documents}`
          : content,
    };
  });
}

/** The published operations as constants of the client. */
function printPublished(manifest: Readonly<Record<string, string>>) {
  const documents = Object.entries(manifest).map(([hash, text]) => {
    const [, kind, name] = /^(query|mutation) (\w+)/m.exec(text) ?? [];
    if (!kind || !name) throw new Error(`Expected an operation with a name, got ${text.slice(0, 40)}`);
    const type = `${name}${kind === 'query' ? 'Query' : 'Mutation'}`;
    const literal = text.replace(/[`\\$]/g, '\\$&');
    return `export const ${name}Document = /* @__PURE__ */ new PublishedDocument<${type}, ${type}Variables>(\n  '${name}',\n  '${hash}',\n  \`${literal}\`,\n);\n`;
  });
  return { imports: `import { PublishedDocument } from './document.js';\n`, documents: documents.join('') };
}

async function publishedManifest(): Promise<Record<string, string>> {
  const folder = 'schema/operations';
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort();
  const sources = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return trustedManifest(sources);
}

async function trustedDocuments(): Promise<Generated[]> {
  const text = `${JSON.stringify(await publishedManifest(), null, 2)}\n`;
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
