import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Kind, kindOf, type Told } from './client.js';

/** A question, and what every answer to it has to hold. */
export interface Ask {
  readonly parameters: object;
  readonly expected: string;
}

let turn = 0;
const songs = 24;
const query =
  'query ($id: String!, $n: BigInt!) { songs(first: 5, filter: { songId: { eq: $id }, playCount: { gte: $n } }) { nodes { songId title playCount } } }';

/** Never the same question twice, so that nothing can be kept of it. */
export function uncached(): Ask {
  turn += 1;
  const id = `song-${String(1 + (turn % songs)).padStart(2, '0')}`;
  return { parameters: { query, variables: { id, n: String(-turn) } }, expected: `"songId":"${id}"` };
}

const page =
  'songs(first: 24, filter: { playCount: { gte: $n } }) { totalCount pageInfo { endCursor } nodes { songId title playCount uniqueListeners totalEarnings trendingScore artist { artistAddress totalPlays } } }';
const heavyQuery = `query ($n: BigInt!) { ${['a', 'b', 'c', 'd'].map((alias) => `${alias}: ${page}`).join(' ')} }`;

/** The same with more work in each, so that asking takes little of what answering needs. */
export function heavy(): Ask {
  turn += 1;
  return { parameters: { query: heavyQuery, variables: { n: String(-turn) } }, expected: '"totalCount":24' };
}

/** A few questions that everybody asks. */
export function cached(): Ask {
  turn += 1;
  const first = 1 + (turn % 8);
  return {
    parameters: { query: `{ artists(first: ${first}) { nodes { artistAddress totalPlays } } }` },
    expected: '"artistAddress"',
  };
}

export interface Noted extends Told {
  readonly kind: Kind;
  readonly askedAtMs: number;
  readonly isWrong: boolean;
}

export interface Load {
  readonly told: readonly Noted[];
  /** Lets every client have its last answer. */
  stop(): Promise<void>;
}

/** Clients that ask, each as soon as it has its answer and has waited. */
export function startLoad(
  url: string,
  options: { readonly clients: number; readonly pauseMs?: number; readonly ask: () => Ask },
): Load {
  const told: Noted[] = [];
  let isOver = false;
  const clients = Array.from({ length: options.clients }, async () => {
    const client = new Client(url);
    while (!isOver) {
      await askOnce(client, options.ask(), told);
      if (options.pauseMs) await sleep(options.pauseMs);
    }
    client.leave();
  });
  return {
    told,
    async stop() {
      isOver = true;
      await Promise.all(clients);
    },
  };
}

async function askOnce(client: Client, { parameters, expected }: Ask, told: Noted[]): Promise<void> {
  const askedAtMs = performance.now();
  const answer = await client.ask(parameters);
  const kind = kindOf(answer);
  const isWrong = (kind === 'answer' || kind === 'stale') && !answer.text.includes(expected);
  told.push({ ...answer, kind, askedAtMs, isWrong });
  // A connection that was refused is not tried again at once, as no client would.
  if (kind === 'broken') await sleep(20);
}

/** Asks at a rate, however long answers take: each by a client that is free, or by one more. */
export async function fireAtRate(
  url: string,
  options: {
    readonly perSecond: number;
    readonly forMs: number;
    readonly mostClients: number;
    readonly ask: () => Ask;
  },
): Promise<{ readonly told: Noted[]; readonly unsent: number }> {
  const told: Noted[] = [];
  const free: Client[] = [];
  let unsent = 0;
  let due = 0;
  const running = new Set<Promise<unknown>>();
  const start = performance.now();
  for (let last = start; performance.now() - start < options.forMs; ) {
    await sleep(5);
    const now = performance.now();
    due += ((now - last) / 1000) * options.perSecond;
    last = now;
    for (; due >= 1; due -= 1) {
      const client = free.pop() ?? (running.size < options.mostClients ? new Client(url) : null);
      if (!client) {
        unsent += 1;
        continue;
      }
      const asking: Promise<unknown> = askOnce(client, options.ask(), told).then(() => {
        free.push(client);
        running.delete(asking);
      });
      running.add(asking);
    }
  }
  await Promise.all(running);
  for (const client of free) client.leave();
  return { told, unsent };
}

export function count(told: readonly Noted[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of told) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
