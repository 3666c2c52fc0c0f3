/** Says when the numbers move, at the price of a 304 while they do not: `npx tsx examples/watch.ts URL [TIMES]`. */
import { setTimeout as sleep } from 'node:timers/promises';

const url = process.argv[2] ?? 'http://127.0.0.1:4000';
const times = Number(process.argv[3] ?? Number.POSITIVE_INFINITY);

const question = JSON.stringify({
  query: '{ platformStats { totalPlays totalVolume } }',
  extensions: { freshness: true },
});
interface Answer {
  readonly data: { readonly platformStats: { readonly totalPlays: number; readonly totalVolume: string } };
  readonly extensions: {
    readonly freshness: {
      readonly generation: number;
      readonly asOf: string;
      readonly nextRefreshAt: string | null;
    };
  };
}

let etag: string | null = null;
let dueAt = 0;

for (let moved = 0; moved < times; ) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(etag ? { 'if-none-match': etag } : {}) },
    body: question,
  });
  if (response.status === 304) {
    console.log('304: nothing new');
  } else if (response.ok) {
    const { data, extensions } = (await response.json()) as Answer;
    const { generation, asOf, nextRefreshAt } = extensions.freshness;
    console.log(`200: ${JSON.stringify(data.platformStats)}, refresh ${generation}, as of ${asOf}`);
    etag = response.headers.get('etag');
    dueAt = Date.parse(nextRefreshAt ?? '');
    moved += 1;
  } else {
    console.log(`${response.status}: ${await response.text()}`);
  }
  if (moved < times) await sleep(dueAt > Date.now() ? dueAt - Date.now() + 300 : 1_000);
}
