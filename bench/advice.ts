/**
 * Plants 20 queries that need an index and 20 that do not, asks for advice on each, builds what was advised, and times
 * the queries before and after. It needs Debian's packages postgresql-15 and postgresql-15-hypopg.
 *
 *   npx tsx bench/advice.ts [--rows 300000] [--runs 9]
 */
import { parseArgs } from 'node:util';
import { type Database } from '../src/database/database.js';
import { openServer } from '../src/database/server.js';
import type { IndexSuggestion } from '../src/monitoring/advice/type.js';
import { type Case, decoys, needs } from '../test/monitoring/advice/cases.js';
import { hasHypopg, startHypopgServer } from '../test/monitoring/advice/hypopg-server.js';
import { meets, suggestionsFor } from '../test/monitoring/advice/proof.js';
import { settle, worldOf } from '../test/monitoring/advice/world.js';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '300000' }, runs: { type: 'string', default: '9' } },
});
if (!hasHypopg) {
  process.stderr.write('advice: expected the packages postgresql-15 and postgresql-15-hypopg, got neither\n');
  process.exit(1);
}

/** The middle of several runs, in milliseconds; the first run, which fills the caches, is not among them. */
async function timed(database: Database, { sql, parameters = [] }: Case): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= Number(options.runs); run++) {
    const start = performance.now();
    await database.query(sql, [...parameters]);
    if (run > 0) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}

/** Every statement of the DDL by itself, because none of them may be in a transaction. */
async function build(database: Database, suggestions: readonly IndexSuggestion[]): Promise<void> {
  for (const { ddl } of suggestions) for (const statement of ddl.split('\n')) await database.query(statement);
}

/** Drops what was built, and leaves what was there before. */
async function tearDown(database: Database, before: readonly string[]): Promise<void> {
  const made = (await listIndexes(database)).filter((name) => !before.includes(name));
  for (const name of made) await database.query(`drop index if exists ${name}`);
}

async function listIndexes(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    // Those of partitions go with the one that they belong to.
    `select oid::regclass::text as name from pg_class
     where relkind in ('i', 'I') and relnamespace = 'public'::regnamespace and not relispartition`,
  );
  return rows.map((row) => row.name);
}

const server = await startHypopgServer(['random_page_cost=1.1', 'effective_cache_size=4GB', 'jit=off']);
const database = openServer({ connectionString: server.url, statementTimeoutMs: 0 });
try {
  await database.query('create extension hypopg');
  await database.query(worldOf(Number(options.rows)));
  await database.query(settle);
  const own = await listIndexes(database);

  console.log('| a need | advised | cost | ms | faster |');
  console.log('| --- | --- | --- | --- | --- |');
  let found = 0;
  let right = 0;
  let advised = 0;
  for (const need of needs) {
    const suggestions = (await suggestionsFor(database, need)).filter(({ verified }) => verified);
    const before = await timed(database, need);
    await build(database, suggestions);
    const after = await timed(database, need);
    await tearDown(database, own);
    const isFaster = after < before * 0.8;
    if (suggestions.some((suggestion) => meets(need, suggestion)) && isFaster) found++;
    right += isFaster ? suggestions.filter((suggestion) => meets(need, suggestion)).length : 0;
    advised += suggestions.length;
    const what = suggestions.map(({ ddl }) =>
      ddl.split('\n')[0]?.replace(/^CREATE INDEX .*?ON (ONLY )?public\.|;$/g, ''),
    );
    const cost = `${suggestions[0]?.costBefore?.toFixed(0)} → ${suggestions.at(-1)?.costAfter?.toFixed(0)}`;
    console.log(
      `| ${need.name} | ${what.join('; ') || 'nothing'} | ${what.length > 0 ? cost : ''} | ${before.toFixed(2)} → ${after.toFixed(2)} | ${(before / after).toFixed(1)} × |`,
    );
  }

  console.log('\n| a decoy | advised |\n| --- | --- |');
  for (const decoy of decoys) {
    const suggestions = (await suggestionsFor(database, decoy)).filter(({ verified }) => verified);
    advised += suggestions.length;
    console.log(`| ${decoy.name} | ${suggestions.map(({ ddl }) => ddl).join('; ') || 'nothing'} |`);
  }
  console.log(
    `\nprecision ${(right / advised).toFixed(2)} (${right} of ${advised}), recall ${(found / needs.length).toFixed(2)} (${found} of ${needs.length}), tables of ${options.rows} rows, median of ${options.runs} runs`,
  );
} finally {
  await database.close();
  await server.stop();
}
