/**
 * How long one request of the public may hold the event loop, and with it everybody else: every shape that is known to
 * take long, and a search for others that keeps and changes the slowest it has found.
 *
 *   npm run bench -- event-loop [--search MINUTES] [--seed N] [--plays 50000] [--database URL] [--out FILE]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { randomFrom } from '../test/security/random-requests.js';
import { startMeasuredGateway } from './event-loop/measured-gateway.js';
import { mutated } from './event-loop/mutate.js';
import { knownShapes, type LoopRequest, ordinaryRequests, wireOf } from './event-loop/requests.js';
import { build } from './support/build.js';
import { type BenchDatabase, connectTo, startDatabase } from './support/database.js';
import { median } from './support/median.js';

const { values: options } = parseArgs({
  options: {
    search: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    plays: { type: 'string', default: '50000' },
    database: { type: 'string' },
    out: { type: 'string' },
  },
});
const limitMs = 25;
/** How often a request is measured before its time counts: what is left is not a collection or another process. */
const rounds = 7;
/** How many requests are kept to be changed further. */
const maxKept = 80;
const plays = Number(options.plays);
const size = { plays, songs: 5_000, listeners: 5_000, artists: 500 };
const say = (text: string) => console.error(text);

interface Found {
  readonly request: LoopRequest;
  readonly heldMs: number;
  readonly status: number;
}

build();
const database: BenchDatabase = options.database
  ? await connectTo(options.database)
  : await startDatabase(size, say);
const gateway = await startMeasuredGateway(database.url);
let count = 0;

/** A document that nobody has sent yet, so that nothing of it is remembered. */
const unseen = (request: LoopRequest): LoopRequest => ({ ...request, query: `${request.query}#${count++}` });

async function medianOf(request: LoopRequest): Promise<Found> {
  const times: number[] = [];
  let status = 0;
  for (let round = 0; round < rounds; round++) {
    const measured = await gateway.measure(unseen(request));
    times.push(measured.heldMs);
    status = measured.status;
  }
  return { request, heldMs: median(times), status };
}

function report(title: string, found: readonly Found[], maxRows: number): void {
  const rows = [...found].sort((a, b) => b.heldMs - a.heldMs).slice(0, maxRows);
  console.log(`\n${title}\n\n| request | bytes | status | held ms |\n| --- | --: | --: | --: |`);
  for (const { request, heldMs, status } of rows) {
    const { path, body = '', headers } = wireOf(request);
    const bytes = path.length + body.length + JSON.stringify(headers).length;
    console.log(`| ${request.name} | ${bytes} | ${status} | ${heldMs.toFixed(1)} |`);
  }
}

async function search(minutes: number, known: readonly Found[]): Promise<Found[]> {
  const random = randomFrom(Number(options.seed));
  const corpus = [...known];
  const worst: Found[] = [];
  const deadline = Date.now() + minutes * 60_000;
  let tried = 0;
  while (Date.now() < deadline) {
    corpus.sort((a, b) => b.heldMs - a.heldMs);
    corpus.length = Math.min(corpus.length, maxKept);
    // Mostly from the slowest; each now and then.
    const parent = corpus[Math.floor(random() ** 2 * corpus.length)] as Found;
    let request = parent.request;
    for (let step = 0; step <= random() * 3; step++)
      request = mutated(
        request,
        corpus.map((each) => each.request),
        random,
      );
    tried += 1;
    const once = await gateway.measure(unseen(request));
    const least = corpus[Math.floor(corpus.length / 2)]?.heldMs ?? 0;
    if (once.heldMs <= least && corpus.length >= maxKept / 2) continue;
    const found = await medianOf(request);
    if (found.heldMs <= least) continue;
    corpus.push(found);
    worst.push(found);
    if (found.heldMs > limitMs)
      say(`${found.heldMs.toFixed(1)} ms: ${JSON.stringify(request).slice(0, 600)}`);
  }
  say(`tried ${tried} requests, seed ${options.seed}`);
  return worst;
}

let found: Found[] = [];
try {
  // Code that has not been compiled yet is slow once, and not for a request's sake.
  for (let round = 0; round < 3; round++)
    for (const request of [...ordinaryRequests, ...knownShapes]) await gateway.measure(unseen(request));
  for (const request of [...knownShapes, ...ordinaryRequests]) found.push(await medianOf(request));
  report(`Known shapes, median of ${rounds}`, found, found.length);
  const minutes = Number(options.search);
  if (minutes > 0) {
    const searched = await search(minutes, found);
    report(`Found in ${minutes} minutes, seed ${options.seed}, median of ${rounds}`, searched, 15);
    found = [...found, ...searched];
  }
} finally {
  await gateway.stop();
  await database.stop();
}
const [worst] = found.sort((a, b) => b.heldMs - a.heldMs);
if (options.out) writeFileSync(options.out, JSON.stringify(found.slice(0, 30), null, 1));
const isWithin = worst !== undefined && worst.heldMs <= limitMs;
console.log(
  `\nThe worst held the event loop for ${worst?.heldMs.toFixed(1)} ms (${worst?.request.name}): ${isWithin ? 'within' : 'NOT within'} ${limitMs} ms.`,
);
process.exitCode = isWithin ? 0 : 1;
