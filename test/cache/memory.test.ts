import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareWorld } from '../faults/gateway.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { floods, operation, post, variables } from './floods.js';
import { type MeasuredGateway, type Sent, startMeasuredGateway } from './measured-gateway.js';

let server: PostgresServer | undefined;
let gateway: MeasuredGateway | undefined;

beforeAll(async () => {
  server = await startPostgres();
  await prepareWorld(server);
  gateway = await startMeasuredGateway(server.url);
});
afterAll(async () => {
  await gateway?.stop();
  await server?.stop();
});

/** What other caches than that of the answers may come to hold of one flood, in bytes. */
const allowance = 20_000_000;

/** Sends each request of a flood twice, because some things are only remembered once they come again. */
async function growthUnder(measured: MeasuredGateway, count: number, requestOf: (index: number) => Sent) {
  // What is loaded and compiled for the first requests belongs to no flood.
  await measured.send(100, (index) => requestOf(index % 3));
  const before = { live: await measured.liveBytes(), counted: await measured.countedBytes() };
  await measured.send(2 * count, (index) => requestOf(3 + Math.floor(index / 2)));
  return {
    live: (await measured.liveBytes()) - before.live,
    counted: (await measured.countedBytes()) - before.counted,
  };
}

describe('The memory of a gateway grows by little more than what its caches count, whatever a flood of requests brings:', () => {
  it.each(floods)('%s', async (_what, count, requestOf) => {
    const { live, counted } = await growthUnder(gateway as MeasuredGateway, count, requestOf);
    if (process.env.SHOW_MEMORY) console.log(_what, { live, counted });
    expect(live).toBeLessThan(1.5 * counted + allowance);
  });
});

it('A full cache of answers holds no more than it counts', async () => {
  const measured = await startMeasuredGateway((server as PostgresServer).url, { RESPONSE_CACHE: '8' });
  try {
    await measured.send(100, (index) => post({ query: operation, variables: variables(0, index) }));
    const before = { live: await measured.liveBytes(), counted: await measured.countedBytes() };
    await measured.send(5_000, (index) => post({ query: operation, variables: variables(0, index) }));
    const counted = (await measured.countedBytes()) - before.counted;
    const live = (await measured.liveBytes()) - before.live;
    if (process.env.SHOW_MEMORY) console.log('a full cache', { live, counted });
    expect(counted).toBeGreaterThan(7_000_000);
    expect(live).toBeLessThan(counted + 4_000_000);
  } finally {
    await measured.stop();
  }
});
