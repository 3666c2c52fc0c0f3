/**
 * The gateway against its peers: the same database, the same questions, the same load, in one run.
 *
 *   npm run bench -- peers [--plays 5000000] [--rounds 5] [--seconds 4] [--connections 16] [--peers a,b] [--operations a,b]
 *     [--modes uncached,missed,cached,304] [--refresh] [--database URL] [--before FOLDER --before-database URL] [--out FILE]
 */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ask, expectSame } from './peers/asking.js';
import { installPeers, versions } from './peers/install.js';
import { generator, stopFiring } from './peers/load.js';
import { favourite, measure, type Range, type Run, writeSubjects } from './peers/measure.js';
import { isAsked, type OperationName, operationNames, operations } from './peers/operations.js';
import {
  type Mode,
  newerNode,
  type Peer,
  peers,
  type RunningPeer,
  startPeer,
  versionsBefore,
} from './peers/peer.js';
import { subjectAt } from './peers/question.js';
import { type Cell, figures, rate, ratiosOf, ratioTable } from './peers/report.js';
import { addPlays, type Size } from './refresh/load.js';
import { build } from './support/build.js';
import { type BenchDatabase, connectTo, startDatabase } from './support/database.js';
import { median } from './support/median.js';

const allModes = ['uncached', 'missed', 'cached', '304'];
const { values: options } = parseArgs({
  options: {
    plays: { type: 'string', default: '5000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    /** How long each peer is loaded with each question before its first run counts. */
    'warm-up': { type: 'string', default: '3' },
    connections: { type: 'string', default: '16' },
    peers: {
      type: 'string',
      default: peers.flatMap(({ name, isTraced }) => (isTraced ? [] : [name])).join(','),
    },
    operations: { type: 'string', default: operationNames.join(',') },
    modes: { type: 'string', default: allModes.join(',') },
    /** A thousand plays and a refresh every minute while measuring; otherwise nothing moves. */
    refresh: { type: 'boolean', default: false },
    /** A database that is filled already, to save the minutes that filling one takes. */
    database: { type: 'string' },
    /** A checkout of an earlier version of this gateway, installed and built, and a database that it has filled. */
    before: { type: 'string' },
    'before-database': { type: 'string' },
    out: { type: 'string' },
  },
});

const started = Date.now();
const say = (text: string) => console.error(`[${((Date.now() - started) / 1000).toFixed(0)} s] ${text}`);
const rounds = Number(options.rounds);
if ((options.before === undefined) !== (options['before-database'] === undefined)) {
  console.error('bench: expected --before and --before-database together, got one of them');
  process.exit(2);
}
const versionsAsked = options.before
  ? versionsBefore(path.resolve(options.before), options['before-database'] ?? '')
  : [];
const chosenPeers = choose('--peers', options.peers, peers.map((peer) => peer.name)); // biome-ignore format: one line reads better
const chosenOperations = choose('--operations', options.operations, operationNames) as OperationName[];
const chosenModes = choose('--modes', options.modes, allModes) as Mode[];

function choose(option: string, text: string, known: readonly string[]): string[] {
  const names = text.split(',');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  console.error(`bench: ${option}: expected some of ${known.join(', ')}, got ${JSON.stringify(unknown)}`);
  process.exit(2);
}

let database: BenchDatabase | undefined;
let databaseBefore: BenchDatabase | undefined;
const running = new Map<string, RunningPeer>();
const folder = mkdtempSync(path.join(tmpdir(), 'peers-bodies-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

let stopping: Promise<void> | undefined;
let moving: NodeJS.Timeout | undefined;

/** What goes on in a database in use; the gateway hears of it as of any refresh. */
async function move(size: Size): Promise<void> {
  if (!database) return;
  try {
    await addPlays(database, size, 1000);
    await database.client.query('select refresh_all_materialized_views()');
  } catch (error) {
    if (!stopping) say(`a refresh failed: ${error}`);
  }
}

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    clearInterval(moving);
    stopFiring();
    await Promise.all([...running.values()].map((peer) => peer.stop()));
    await database?.stop();
    await databaseBefore?.stop();
  })();
  return stopping;
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stopAll().finally(() => process.exit(130)));

/** Which peers have something to show in a mode. Where nothing is new in a question, no cache can be made to miss it. */
function takingPart(mode: Mode, operation: OperationName): RunningPeer[] {
  if (mode === 'missed' && operation !== 'songs') return [];
  return [...running.values()].filter(
    ({ peer }) => peer.modes.includes(mode) && isAsked(operation, peer.name),
  );
}

/** Takes traces and forgets them, in a process that only waits while the load is fired. @returns its URL */
async function openReceiver(): Promise<string> {
  const receiver = createServer((request, response) => {
    request.resume().once('end', () => response.end());
  });
  receiver.listen(0, '127.0.0.1').unref();
  await once(receiver, 'listening');
  return `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
}

/** Starts them one after the other and sees that all of them say the same. */
async function startPeers(url: string, range: Range): Promise<void> {
  const { found, left } = peersHere();
  for (const peer of left) say(`left out: ${peer.title}, which needs Node 22 or newer`);
  const reference = found.find((peer) => peer.name.startsWith('gateway')) ?? found[0];
  const bodies: Record<string, string> = {};
  const bodiesFile = path.join(folder, 'bodies.json');
  for (const peer of [...found].sort((a, b) => Number(b === reference) - Number(a === reference))) {
    const own = await startPeer(peer, {
      DATABASE_URL: peer.checkout?.databaseUrl ?? url,
      REFRESH_SCHEDULE: 'off',
      BODIES: bodiesFile,
      ...(peer.isTraced ? { OTEL_EXPORTER_OTLP_ENDPOINT: await openReceiver() } : {}),
    });
    running.set(peer.name, own);
    for (const name of operationNames.filter((each) => isAsked(each, peer.name))) {
      const answer = await ask(own, name, favourite(range.addresses));
      // The first to be asked is the reference, or a peer that is asked what the reference is not.
      bodies[name] ??= answer.text;
      if (!peer.checkout) expectSame(peer.title, name, bodies[name], answer);
    }
    if (peer === reference) writeFileSync(bodiesFile, JSON.stringify(bodies));
    await compareOthers(own, range);
    say(`${peer.title} is there and says the same`);
  }
}

const others = new Map<string, string>();

/** The questions that vary, with other subjects than the one that all tables are made of. */
async function compareOthers(peer: RunningPeer, range: Range): Promise<void> {
  if (peer.peer.dialect === 'fixed') return;
  const names = operationNames.filter((each) => operations[each].varies && isAsked(each, peer.peer.name));
  for (const name of names)
    for (let index = 1; index <= 20; index++) {
      const answer = await ask(peer, name, subjectAt(1e9 + index, range.addresses));
      // A version before is asked the same, so that both processes have done as much.
      if (peer.peer.checkout) continue;
      const key = `${name} ${index}`;
      if (!others.has(key)) others.set(key, answer.text);
      expectSame(peer.peer.title, name, others.get(key) ?? '', answer);
    }
}

function peersHere(): { found: Peer[]; left: Peer[] } {
  const wanted = [...peers.filter((peer) => chosenPeers.includes(peer.name)), ...versionsAsked].filter(
    (peer) => peer.modes.some((mode) => chosenModes.includes(mode)),
  );
  const left = wanted.filter((peer) => peer.needsNode22 && !newerNode());
  return { found: wanted.filter((peer) => !left.includes(peer)), left };
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** Rounds in which each peer has its turn, in another order every time. */
async function measureAll(mode: Mode, operation: OperationName, range: Range): Promise<Cell[]> {
  const parts = takingPart(mode, operation);
  const isNew = mode === 'uncached' || mode === 'missed';
  const subjects = (seconds: number) => (isNew ? writeSubjects(operation, range, seconds) : undefined);
  const runs = new Map<Peer, Run[]>(parts.map(({ peer }) => [peer, []]));
  const warmUp = Number(options['warm-up']);
  const warmUpFile = parts.length > 0 && warmUp > 0 ? subjects(warmUp) : undefined;
  if (warmUp > 0)
    for (const part of parts) await measure(part, operation, mode, { ...range, seconds: warmUp }, warmUpFile);
  for (let round = 0; round < rounds && parts.length > 0; round++) {
    const file = subjects(range.seconds);
    for (const part of shuffled(parts))
      runs.get(part.peer)?.push(await measure(part, operation, mode, range, file));
  }
  if (parts.length > 0)
    say(
      `${mode}, ${operation}: ${[...runs].map(([{ name }, all]) => `${name} ${Math.round(median(all.map(rate)))}`).join(', ')}`,
    );
  return [...runs].map(([{ name, title }, all]) => ({ mode, operation, peer: name, title, runs: all }));
}

try {
  installPeers(say);
  build();
  const size: Size = { plays: Number(options.plays), songs: 50_000, listeners: 100_000, artists: 3_000 };
  database = options.database ? await connectTo(options.database) : await startDatabase(size, say);
  if (options['before-database']) databaseBefore = await connectTo(options['before-database']);
  const { rows } = await database.client.query<{ address: string }>(
    'select artist_address as address from mv_artist_analytics where total_songs >= 10 order by artist_address',
  );
  const range: Range = {
    connections: Number(options.connections),
    moves: options.refresh,
    seconds: Number(options.seconds),
    addresses: rows.map((row) => row.address),
    serverOf: (peer) => (peer.checkout ? databaseBefore : database)?.serverPid ?? Number.NaN,
  };
  await database.client.query(readFileSync(path.join(import.meta.dirname, 'peers/artist-days.sql'), 'utf8'));
  await startPeers(database.url, range);
  if (options.refresh) moving = setInterval(() => void move(size), 60_000);
  const cells: Cell[] = [];
  for (const mode of chosenModes)
    for (const operation of chosenOperations) cells.push(...(await measureAll(mode, operation, range)));
  const ratios = ratiosOf(cells);
  const conditions = {
    size: options.database ? 'as found' : size,
    rounds,
    seconds: range.seconds,
    connections: range.connections,
    generator,
    refresh: options.refresh,
    node: process.version,
    processors: cpus().length,
    versions: versions(),
  };
  console.log(
    [
      `### Requests a second: this gateway over the others, ${rounds} rounds of ${range.seconds} s`,
      ratioTable(ratios, 'ratio'),
      '### Time on a processor for one request: the others over this gateway',
      ratioTable(ratios, 'cpuRatio'),
      figures(cells),
      JSON.stringify(conditions),
    ].join('\n\n'),
  );
  if (options.out) writeFileSync(options.out, `${JSON.stringify({ conditions, ratios, cells }, null, 2)}\n`);
} finally {
  await stopAll();
}
