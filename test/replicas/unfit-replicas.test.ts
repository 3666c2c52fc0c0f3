import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read-config.js';
import { examine } from '../../src/doctor/examine.js';
import type { Gateway } from '../support/gateway.js';
import { openServer } from '../support/open-server.js';
import { freePort, type PostgresServer, startPostgres } from '../support/postgres.js';
import { type Standby, startStandby } from '../support/standby.js';
import { until } from '../support/wait.js';
import { countPrimaryReads, listReplicas, makeMusic, musicAt, startReadingGateway } from './music.js';

describe('A gateway whose read replicas are not what it needs', () => {
  let primary: PostgresServer;
  let other: PostgresServer;
  let promoted: Standby;
  let behind: Standby;
  let gateway: Gateway;
  let replicas: { url: string; reason: string }[];
  beforeAll(async () => {
    primary = await startPostgres(18, ['-c', 'synchronous_commit=on']);
    other = await startPostgres(15);
    await makeMusic(primary);
    await makeMusic(other);
    promoted = await startStandby(primary);
    behind = await startStandby(primary, 18, ['recovery_min_apply_delay=1h']);
    await promoted.ask('select pg_promote()');
    const nobody = await freePort();
    replicas = [
      { url: primary.url, reason: 'It is the server that DATABASE_URL leads to.' },
      {
        url: other.url,
        reason:
          'It is no physical copy of the database in DATABASE_URL: it belongs to another cluster, or the URL names another database of it.',
      },
      { url: promoted.url, reason: 'It is no standby: it was promoted, or never was one.' },
      {
        url: behind.url,
        reason: 'It does not show the refresh that this gateway shows; it is behind, or ahead for a moment.',
      },
      {
        url: `postgresql://gateway:a-secret-password@127.0.0.1:${nobody}/postgres`,
        reason: `Nothing listens on 127.0.0.1:${nobody}.`,
      },
      {
        url: primary.url.replace(':postgres@', ':another-secret@').replace('127.0.0.1', 'localhost'),
        reason: `The server at localhost:${primary.port} refused the user or the password.`,
      },
    ];
    const writing = openServer({ connectionString: musicAt(primary), poolSize: 1 });
    await writing.query(`select analytics.refresh('test')`);
    await writing.close();
    gateway = await startReadingGateway(primary, replicas, { LOG_LEVEL: 'trace' });
  });
  afterAll(async () => {
    await gateway?.close();
    await Promise.all([promoted?.stop(), behind?.stop()]);
    await Promise.all([primary?.stop(), other?.stop()]);
  });

  it('says of each why it is not read from, and reads all from the primary', async () => {
    const reasons = replicas.map(({ reason }) => reason);
    await until('all to be looked at', async () => {
      const seen = await listReplicas(gateway);
      return JSON.stringify(seen.map(({ reason }) => reason)) === JSON.stringify(reasons);
    });
    const before = await countPrimaryReads(gateway);
    expect(
      (await gateway.ask('{ platformStats { totalPlays } songs(first: 2) { nodes { title } } }')).errors,
    ).toEqual([]);
    expect(await countPrimaryReads(gateway)).toBe(before + 2);
    for (const replica of await listReplicas(gateway))
      expect(replica).toMatchObject({
        isEligible: false,
        readsAnswered: 0,
        readsDiscarded: 0,
        readsFailedOver: 0,
      });
  });

  it('names them by host and port, in logs and metrics too, and never tells of a password', async () => {
    const metrics = await (await gateway.fetch('/metrics')).text();
    for (const { url } of replicas)
      expect(metrics).toContain(`gateway_replica_eligible{replica="${new URL(url).host}"} 0`);
    const lines = gateway.lines.join('');
    expect(lines).toContain('"msg":"the replica is not read from"');
    for (const text of [metrics, lines]) expect(text).not.toMatch(/a-secret-password|another-secret/);
  });

  it('is told by doctor what to do about each, and could serve without any', async () => {
    const config = readConfig({
      DATABASE_URL: musicAt(primary),
      DATABASE_READ_URLS: replicas.map(musicAt).join(),
    });
    const database = openServer({ connectionString: musicAt(primary), poolSize: 2 });
    const findings: string[] = [];
    for await (const { level, title, advice = '' } of examine(database, config, () => new Date()))
      if (title.includes('read replica')) findings.push(`${level}: ${title} ${advice}`);
    await database.close();
    expect(findings).toEqual([
      expect.stringMatching(/^hint: .*leads to\. Leave it out/),
      expect.stringMatching(/^hint: .*another cluster.*Make it anew/),
      expect.stringMatching(/^hint: .*was promoted.*If it is the new primary/),
      expect.stringMatching(
        /^hint: .*It shows refresh 1 instead of 2, and has not applied \d+ bytes.*pg_stat_replication/,
      ),
      expect.stringMatching(/^hint: .*cannot be used\. Nothing listens/),
      expect.stringMatching(/^hint: .*cannot be used\. .*refused the user or the password/),
    ]);
  });
});
