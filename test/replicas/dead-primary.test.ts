import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange } from '../support/exchange.js';
import { alice } from '../support/fixture.js';
import type { Gateway } from '../support/gateway.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type Standby, startStandby } from '../support/standby.js';
import { until } from '../support/wait.js';
import { makeMusic, startReadingGateway, untilReplica } from './music.js';

describe('A gateway whose primary is dead and whose replica lives', () => {
  let primary: PostgresServer;
  let standby: Standby;
  let gateway: Gateway;
  beforeAll(async () => {
    primary = await startPostgres(15, ['-c', 'synchronous_commit=on']);
    await makeMusic(primary);
    standby = await startStandby(primary, 15);
    gateway = await startReadingGateway(primary, [standby]);
  });
  afterAll(async () => {
    await gateway?.close();
    await standby?.stop();
    await primary?.stop();
  });

  let turn = 0;
  const newQuestion = () => {
    turn += 1;
    return `{ songs(first: 2, filter: { playCount: { gte: ${-turn} } }) { nodes { songId artist { totalPlays } } } }`;
  };
  const answered = async () => {
    const { json, headers } = await exchange(gateway.url, {
      parameters: { query: newQuestion(), extensions: { freshness: true } },
    });
    const extensions = json?.extensions as { stale?: boolean; freshness?: { asOf: string } } | undefined;
    return {
      json,
      isStale: extensions?.stale === true,
      asOf: extensions?.freshness?.asOf,
      cache: headers['x-cache'],
    };
  };

  it('answers new questions from the replica, from when nothing is heard of the primary marked as stale', async () => {
    await untilReplica(gateway, 'read from', ({ isEligible }) => isEligible);
    const alive = await answered();
    expect(alive).toMatchObject({ isStale: false, cache: 'miss', asOf: expect.any(String) });
    await whilePrimaryIsDead(async () => {
      const first = await answered();
      expect(first.json).toMatchObject({ data: { songs: { nodes: [{}, {}] } } });
      expect(first.asOf).toBe(alive.asOf);
      const stale = await until('a new answer that is marked', async () => {
        const answer = await answered();
        expect(answer.json).not.toHaveProperty('errors');
        return answer.isStale && answer;
      });
      expect(stale).toMatchObject({ cache: 'stale', asOf: alive.asOf });
      // Answers for one viewer have no mark, so they are not made of what may be old.
      const { errors } = await gateway.ask(`{ listener(address: "${alice}") { totalPlays } }`, {}, alice);
      expect(errors[0]?.extensions.code).toBe('UNAVAILABLE');
      await standby.kill();
      await until('that nothing can be said', async () => {
        const answer = await gateway.ask(newQuestion());
        return answer.errors[0]?.extensions.code === 'UNAVAILABLE';
      });
      await standby.start();
      await until('answers again', async () => (await gateway.ask(newQuestion())).errors.length === 0);
    });
    await until('answers without a mark', async () => !(await answered()).isStale);
  });

  /** What fails meanwhile fails the test once the primary is back. */
  const whilePrimaryIsDead = async (work: () => Promise<void>) => {
    let failure: unknown = null;
    await primary.crash(() =>
      work().catch((error: unknown) => {
        failure = error;
      }),
    );
    if (failure) throw failure;
  };
});
