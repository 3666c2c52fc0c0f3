import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { songAnalytics } from '../../src/catalogue/index.js';
import { addPlays, type Size } from '../refresh/load.js';
import { type Digest, digestedFields, digestOfFile, digestOfView } from './digest.js';

export interface Place {
  readonly gatewayUrl: string;
  readonly databaseUrl: string;
  readonly operatorSecret: string;
  /** Where the files are left. */
  readonly folder: string;
}

const allFields = new Set([...digestedFields, ...Object.keys(songAnalytics.columns)]);
const playsBetweenRefreshes = 1_000;
/** A reader of whom nothing is taken for longer is sent away. */
const pauseMs = 12_000;
/** The sender is told of room only when a third of its buffer is free, which may be of some megabytes. */
const bytesBetweenPauses = 1_000_000;

/**
 * Downloads the list of songs while so many refreshes go by, and compares each row with what the views showed at the
 * generation that the answer names.
 * @throws Error when a row is of another one.
 */
export async function exportDuringRefreshes(
  place: Place,
  format: string,
  size: Size,
  refreshes: number,
): Promise<string> {
  const client = new pg.Client(place.databaseUrl);
  await client.connect();
  try {
    const digests = new Map<number, Digest>();
    const note = async () => {
      const { generation, ...digest } = await digestOfView(client);
      digests.set(generation, digest);
    };
    await note();
    const { body, headers } = await download(place, `songs.${format}?fields=${[...allFields].join(',')}`);
    const generation = Number(headers.get('x-export-generation'));

    const name = path.join(place.folder, `songs.${format}`);
    let done = 0;
    let hasEnded = false;
    const save = async () => {
      const file = createWriteStream(name);
      try {
        let unpaused = 0;
        for await (const chunk of body) {
          if (!file.write(chunk)) await once(file, 'drain');
          unpaused += chunk.length;
          if (done >= refreshes || unpaused < bytesBetweenPauses) continue;
          unpaused = 0;
          await sleep(pauseMs);
        }
        return done;
      } finally {
        hasEnded = true;
        await finished(file.end());
      }
    };
    const refresh = async () => {
      while (done < refreshes || !hasEnded) {
        await addPlays({ client }, size, playsBetweenRefreshes);
        await client.query(`select analytics.refresh('bench')`);
        await note();
        done += 1;
      }
    };
    const [during] = await Promise.all([save(), refresh()]);

    const expected = digests.get(generation);
    const found = await digestOfFile(name, format);
    if (!expected || expected.rows !== found.rows || expected.sum !== found.sum)
      throw new Error(
        `${format}: expected the ${expected?.rows} rows of refresh ${generation}, found ${found.rows} others.`,
      );
    if (new Set([...digests.values()].map(({ sum }) => sum)).size < digests.size)
      throw new Error('Expected each refresh to change the list.');
    return `${found.rows} rows, all of refresh ${generation}, while ${during} refreshes went by`;
  } finally {
    await client.end();
  }
}

/** How long a statement goes on after its client has left, in milliseconds. */
export async function leaveExport(place: Place, format: string): Promise<number> {
  const client = new pg.Client(place.databaseUrl);
  await client.connect();
  try {
    const leaving = new AbortController();
    const { body } = await download(place, `songs.${format}`, leaving.signal);
    for await (const _ of body) break;
    leaving.abort();
    const left = performance.now();
    for (;;) {
      const { rows } = await client.query(
        `select from pg_stat_activity where application_name = 'mycelix-analytics export' and state <> 'idle'`,
      );
      if (rows.length === 0) return performance.now() - left;
      await sleep(5);
    }
  } finally {
    await client.end();
  }
}

async function download({ gatewayUrl, operatorSecret }: Place, what: string, signal?: AbortSignal) {
  const { body, headers, status } = await fetch(`${gatewayUrl}/export/${what}`, {
    headers: { authorization: `Bearer ${operatorSecret}` },
    ...(signal ? { signal } : {}),
  });
  if (status !== 200 || !body) throw new Error(`Expected a file, got status ${status}.`);
  return { body, headers };
}
