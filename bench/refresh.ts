/**
 * Recomputing the six views against the engine, on a PostgreSQL of its own.
 *
 *   npx tsx bench/refresh.ts [--plays 1250000,5000000] [--only refresh,capture,floor] [--short] [--without-series]
 *     [--catalogue 4] [--out FILE]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findDifferences } from '../test/refresh/oracle.js';
import { migrateSession } from '../test/support/migrate-session.js';
import { measureCapture } from './refresh/capture-cost.js';
import { addPlays, load, type Size } from './refresh/load.js';
import { makePlainViews, recompute } from './refresh/recompute.js';
import { type Bench, settings, startBench } from './refresh/server.js';
import { withoutSeries } from './refresh/without-series.js';
import { median } from './support/median.js';

const { values: options } = parseArgs({
  options: {
    plays: { type: 'string', default: '1250000,5000000' },
    only: { type: 'string', default: 'refresh,capture,floor' },
    /** Leaves out what takes longest beside the figures: filling twice, comparing with the oracle, rebuilding. */
    short: { type: 'boolean', default: false },
    /** How many times as many songs and artists there are; plays are of the same ones as before. */
    catalogue: { type: 'string', default: '1' },
    'without-series': { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const started = Date.now();
const say = (text: string) => console.error(`[${((Date.now() - started) / 1000).toFixed(0)} s] ${text}`);
const results: Record<string, unknown> = { settings };
const parts = new Set(options.only.split(','));

interface Refresh {
  readonly durationMs: number;
  readonly asOf: string;
  readonly phases: Readonly<Record<string, number>>;
  readonly rowsChanged: Readonly<Record<string, number>>;
}

const migrate = (client: { query(sql: string): Promise<unknown> }) =>
  migrateSession((sql) => client.query(sql), options['without-series'] ? withoutSeries : undefined);

async function refresh(bench: Bench, call = `analytics.refresh('bench')`) {
  const { ms, cpuMs, walBytes, result } = await bench.measure(
    async () => (await bench.one<{ done: Refresh }>(`select ${call} as done`)).done,
  );
  return { ms, cpuMs, walBytes, phases: result.phases, rowsChanged: result.rowsChanged, asOf: result.asOf };
}

/** The middle one of several refreshes, each after as many new plays. */
async function refreshAfter(bench: Bench, size: Size, newPlays: number, rounds: number, call?: string) {
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    await addPlays(bench, size, newPlays);
    runs.push(await refresh(bench, call));
  }
  const middle = median(runs.map((run) => run.ms));
  return { newPlays, all: runs.map((run) => Math.round(run.ms)), ...runs.find((run) => run.ms === middle)! };
}

async function benchRefresh(plays: number) {
  const size: Size = { plays, songs: 50_000, listeners: 100_000, artists: 3_000 };
  const bench = await startBench(migrate);
  try {
    const times = Number(options.catalogue);
    await load(bench, size, (text) => say(text), {
      songs: times * size.songs,
      artists: times * size.artists,
    });
    const firstFill = await refresh(bench);
    say(`first fill ${(firstFill.ms / 1000).toFixed(1)} s, ${JSON.stringify(rounded(firstFill.phases))}`);
    const storage = await measureStorage(bench);
    say(`plays ${storage.playsMb} MB with their indexes, series ${storage.seriesMb} MB`);
    await makePlainViews(bench);
    const filled = await recompute(bench, '');
    say(`six views filled from the tables: ${(sum(filled) / 1000).toFixed(1)} s`);
    const recomputed = options.short ? filled : await recompute(bench, 'concurrently');
    say(
      `six views recomputed from the tables: ${(sum(recomputed) / 1000).toFixed(1)} s ${JSON.stringify(rounded(recomputed))}`,
    );
    const steps = [];
    for (const newPlays of [0, 100, 1_000, 10_000, 100_000]) {
      const step = await refreshAfter(bench, size, newPlays, newPlays > 10_000 ? 3 : 5);
      steps.push(step);
      say(
        `${newPlays} new plays: ${step.ms.toFixed(0)} ms of ${step.all}, ${step.cpuMs.toFixed(0)} ms on a processor, ${(step.walBytes / 1e6).toFixed(1)} MB of WAL, ${JSON.stringify(rounded(step.phases))}`,
      );
    }
    const hour = await refresh(bench, `analytics.refresh('bench', clock_timestamp() + interval '1 hour')`);
    say(
      `an hour leaves the windows: ${hour.ms.toFixed(0)} ms, ${(hour.walBytes / 1e6).toFixed(1)} MB of WAL, ${JSON.stringify(rounded(hour.phases))} ${JSON.stringify(hour.rowsChanged)}`,
    );
    const postponed = await refreshAfter(
      bench,
      size,
      10_000,
      5,
      `analytics.refresh('bench', null, false, '{mv_listener_activity}')`,
    );
    say(
      `10000 new plays, listeners on a schedule of their own: ${postponed.ms.toFixed(0)} ms of ${postponed.all}, ${JSON.stringify(rounded(postponed.phases))}`,
    );
    const grown = await measureStorage(bench);
    say(`plays ${grown.playsMb} MB with their indexes, series ${grown.seriesMb} MB`);
    if (options.short) return { size, firstFill, storage, grown, recomputed, steps, hour, postponed };
    const { asOf } = await bench.one<{ asOf: string }>(`select as_of::text as "asOf" from analytics.engine`);
    const session = {
      query: async (sql: string) => (await bench.client.query(sql)).rows,
      pid: async () => 0,
      end: async () => {},
    };
    const differences = await findDifferences(session as never, asOf);
    say(
      differences.length === 0
        ? 'every row and column equals the oracle'
        : `DIFFERENT: ${differences.join('\n')}`,
    );
    const rebuild = await refresh(bench, `analytics.rebuild('bench')`);
    say(
      `rebuild ${(rebuild.ms / 1000).toFixed(1)} s, ${(rebuild.walBytes / 1e6).toFixed(0)} MB of WAL, ${JSON.stringify(rounded(rebuild.phases))}`,
    );
    return {
      size,
      firstFill,
      storage,
      grown,
      filled,
      recomputed,
      steps,
      hour,
      differences: differences.length,
      rebuild,
    };
  } finally {
    await bench.stop();
  }
}

/** In megabytes, indexes included. */
async function measureStorage(bench: Bench) {
  return bench.one<{ playsMb: number; seriesMb: number }>(`select
    (select (sum(pg_total_relation_size(relid)) / 1e6)::int from pg_partition_tree('plays')) as "playsMb",
    ((pg_total_relation_size('analytics.series_segment') + pg_total_relation_size('analytics.active_listener')) / 1e6)::int as "seriesMb"`);
}

async function benchCapture() {
  const bench = await startBench(migrate);
  try {
    await load(bench, { plays: 1000, songs: 50_000, listeners: 100_000, artists: 3_000 }, () => {});
    const batches = await measureCapture(bench, 20_000, 41);
    say(
      `capture, batches of 20,000: ${JSON.stringify(batches)}, ${percent(batches.msWith, batches.msWithout)}, processor ${percent(batches.cpuMsWith, batches.cpuMsWithout)}`,
    );
    const singles = await measureCapture(bench, 1, 4001);
    say(
      `capture, single rows: ${JSON.stringify(singles)}, ${percent(singles.msWith, singles.msWithout)}, processor ${percent(singles.cpuMsWith, singles.cpuMsWithout)}`,
    );
    return { batches, singles };
  } finally {
    await bench.stop();
  }
}

async function benchFloor(listeners: number) {
  const size: Size = { plays: listeners * 2, songs: 50_000, listeners, artists: 3_000 };
  const bench = await startBench(migrate);
  try {
    await load(bench, size, () => {});
    await refresh(bench);
    const { count } = await bench.one<{ count: string }>('select count(*) from mv_listener_activity');
    const floor = [];
    for (const newPlays of [0, 10_000]) floor.push(await refreshAfter(bench, size, newPlays, 3));
    for (const each of floor)
      say(`${count} listeners, ${each.newPlays} new plays: ${JSON.stringify(rounded(each.phases))}`);
    return { listeners: Number(count), floor };
  } finally {
    await bench.stop();
  }
}

const sum = (times: Readonly<Record<string, number>>) =>
  Object.values(times).reduce((total, ms) => total + ms, 0);
const rounded = (times: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, Math.round(ms)]));
const percent = (now: number, before: number) => `${(((now - before) / before) * 100).toFixed(1)} %`;

if (parts.has('refresh')) {
  const sizes = [];
  for (const plays of options.plays.split(',').map(Number)) sizes.push(await benchRefresh(plays));
  results.refresh = sizes;
}
if (parts.has('capture')) results.capture = await benchCapture();
if (parts.has('floor')) results.floor = [await benchFloor(100_000), await benchFloor(1_000_000)];
if (options.out) writeFileSync(options.out, `${JSON.stringify(results, null, 2)}\n`);
else console.log(JSON.stringify(results, null, 2));
