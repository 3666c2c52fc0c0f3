import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../../src/config/secret.js';
import { outcomeOfAnswer } from '../../../../src/monitoring/alerts/webhooks/outcome.js';
import { signMessage } from '../../../../src/monitoring/alerts/webhooks/sign-message.js';
import { until, waitFor } from '../../../support/wait.js';
import {
  expectedSignature,
  ok,
  type ReceiverServer,
  type Respond,
  secret,
  startReceiver,
} from './receiver-server.js';
import { alertOf, configOf, startSending } from './sending.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});
const receive = async (respond?: Respond): Promise<ReceiverServer> => {
  const server = await startReceiver(respond);
  open.push(server);
  return server;
};
const send = (...[config, limits, resolve]: Parameters<typeof startSending>) => {
  const sending = startSending(config, limits, resolve);
  open.push({ close: () => sending.webhooks.stop() });
  return sending;
};
const statuses =
  (...list: number[]): Respond =>
  (response, number) =>
    void response.writeHead(list[number - 1] ?? 204).end();

describe('A message', () => {
  it('is signed as Standard Webhooks signs', () => {
    const key = new Secret(secret.slice('whsec_'.length));
    const at = new Date(1_614_265_330_999);
    expect(signMessage(key, 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, '{"test": 2432232314}')).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('says what is wrong, since when, how much, and which gateway says so', async () => {
    const receiver = await receive();
    const { webhooks } = send(configOf([receiver.url]));
    const alert = alertOf();
    webhooks.send(alert);
    webhooks.send({ ...alert, count: 7, recoveredAt: new Date('2026-03-01T12:05:00.000Z') });
    await until('both', () => webhooks.counts.delivered === 2);
    const [firing, resolved] = receiver.received;
    expect(firing?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'mycelix-analytics/1.2.3',
    });
    expect(JSON.parse(firing?.body ?? '')).toEqual({
      type: 'alert.firing',
      timestamp: '2026-03-01T12:00:00.000Z',
      data: {
        id: alert.id,
        alert: 'slowQuery',
        subject: 'songs.list',
        severity: 'warning',
        state: 'firing',
        message: 'The query songs.list took 1500 ms; expected at most 1000 ms.',
        value: 1500.25,
        threshold: 1000,
        unit: 'ms',
        since: '2026-03-01T12:00:00.000Z',
        resolvedAt: null,
        count: 1,
        scope: 'gateway',
        gateway: { instance: 'here:4000', version: '1.2.3' },
      },
    });
    expect(resolved?.type).toBe('alert.resolved');
    expect(resolved?.data).toMatchObject({
      id: alert.id,
      state: 'resolved',
      since: '2026-03-01T12:00:00.000Z',
      resolvedAt: '2026-03-01T12:05:00.000Z',
      count: 7,
    });
    for (const each of receiver.received) {
      expect(each.signature).toBe(expectedSignature(each));
      expect(each.id).toMatch(/^[\w-]+$/);
    }
    expect(firing?.id).not.toBe(resolved?.id);
  });

  it('is delivered once to a receiver that takes it, and under the same id to each of several', async () => {
    const receivers = [await receive(), await receive()];
    const { webhooks } = send(configOf(receivers.map(({ url }) => url)));
    for (let sent = 0; sent < 20; sent++) webhooks.send(alertOf());
    await until('all of them', () => webhooks.counts.delivered === 40);
    await webhooks.stop();
    const ids = receivers.map(({ received }) => received.map(({ id }) => id).sort());
    expect(new Set(ids[0]).size).toBe(20);
    expect(ids[0]).toEqual(ids[1]);
    expect(receivers.map(({ received }) => received.length)).toEqual([20, 20]);
    expect(webhooks.counts).toEqual({ delivered: 40, retried: 0, failed: 0, dropped: 0 });
  });
});

describe('A receiver that fails', () => {
  it('is tried again with the same id and body and a signature of the moment, until it takes the message', async () => {
    const receiver = await receive(statuses(500, 503, 429, 408));
    const { webhooks, logged } = send(configOf([receiver.url]));
    webhooks.send(alertOf());
    await until('the delivery', () => webhooks.counts.delivered === 1);
    await webhooks.stop();
    expect(receiver.received).toHaveLength(5);
    expect(new Set(receiver.received.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
    for (const each of receiver.received) expect(each.signature).toBe(expectedSignature(each));
    expect(webhooks.counts).toEqual({ delivered: 1, retried: 4, failed: 0, dropped: 0 });
    expect(logged().map(({ msg }) => msg)).toEqual([
      'an alert was not delivered; it is tried again',
      'the receiver of alerts answers again',
    ]);
  });

  it('gets the messages of one alert in their order, and does not keep those of others back', async () => {
    const stuck = alertOf({ subject: 'stuck' });
    let isWell = false;
    const receiver = await receive((response, _number, { data }) => {
      response.writeHead(data.subject === 'stuck' && !isWell ? 500 : 204).end();
    });
    const { webhooks } = send(configOf([receiver.url]), { maxPauseMs: 20 });
    webhooks.send(stuck);
    webhooks.send({ ...stuck, recoveredAt: new Date() });
    webhooks.send(alertOf({ subject: 'other' }));
    await until('the other one', () => webhooks.counts.delivered === 1);
    expect(receiver.received.some(({ type }) => type === 'alert.resolved')).toBe(false);
    isWell = true;
    await until('all of them', () => webhooks.counts.delivered === 3);
    expect(receiver.received.slice(-2).map(({ type }) => type)).toEqual(['alert.firing', 'alert.resolved']);
  });

  it('is left alone for as long as Retry-After says, and given up where that is too long', async () => {
    const receiver = await receive((response, number, received) => {
      if (number === 1) response.writeHead(429, { 'retry-after': '500' }).end();
      else ok(response, number, received);
    });
    const { webhooks } = send(configOf([receiver.url]), { giveUpMs: 400_000 });
    webhooks.send(alertOf());
    await until('the end', () => webhooks.counts.failed === 1);
    expect(receiver.received).toHaveLength(1);
  });

  it.each([
    ['120', 120_000],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['86400', 600_000],
    ['Sun, 01 Mar 2020 12:00:00 GMT', 0],
    ['soon', 0],
    [null, 0],
  ])('that says Retry-After: %s is left alone for %i ms by that', (retryAfter, afterMs) => {
    const now = new Date('2026-03-01T12:00:00.000Z');
    expect(outcomeOfAnswer({ status: 503, retryAfter }, now)).toMatchObject({ kind: 'retry', afterMs });
  });

  it('is tried again when it never answers, and does not hold up who sends', async () => {
    const receiver = await receive((response, number, received) => {
      if (number > 1) ok(response, number, received);
    });
    const { webhooks, logged } = send(configOf([receiver.url]), { tryMs: 200 });
    webhooks.send(alertOf());
    expect(receiver.received).toHaveLength(0);
    await until('the delivery', () => webhooks.counts.delivered === 1);
    expect(webhooks.counts.retried).toBe(1);
    expect(logged()[0]).toMatchObject({ receiver: '127.0.0.1', reason: 'it did not answer in time' });
  });

  it('has taken a message once it answered 2xx, however its answer goes on', async () => {
    const endless: Respond = (response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(16_384);
      const write = () => {
        while (!response.destroyed && response.write(chunk)) {}
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    };
    const never: Respond = (response) => void response.writeHead(202).write('{');
    const broken: Respond = (response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{', () => response.destroy());
    };
    const cases = [
      [endless, 600_000],
      [never, 300],
      [broken, 600_000],
    ] as const;
    for (const [respond, tryMs] of cases) {
      const receiver = await receive(respond);
      const { webhooks } = send(configOf([receiver.url]), { tryMs });
      webhooks.send(alertOf());
      await until('the delivery', () => webhooks.counts.delivered === 1);
      await webhooks.stop();
      expect(receiver.received).toHaveLength(1);
      expect(webhooks.counts).toEqual({ delivered: 1, retried: 0, failed: 0, dropped: 0 });
    }
  });

  it('is tried again when nothing listens there, until it is given up', async () => {
    const receiver = await startReceiver();
    await receiver.close();
    const { webhooks, logged } = send(configOf([receiver.url]), { giveUpMs: 100 });
    webhooks.send(alertOf());
    await until('the end', () => webhooks.counts.failed === 1);
    expect(webhooks.counts.retried).toBeGreaterThan(0);
    expect(logged().at(-1)).toMatchObject({
      level: 50,
      receiver: '127.0.0.1',
      alert: 'slowQuery',
      reason: 'the connection failed (ECONNREFUSED)',
      msg: 'an alert was not delivered; it is given up',
    });
  });

  it.each([400, 401, 404, 413])('is not asked again after %i', async (status) => {
    const receiver = await receive(statuses(status));
    const { webhooks, logged } = send(configOf([receiver.url]));
    webhooks.send(alertOf());
    await until('the end', () => webhooks.counts.failed === 1);
    expect(logged()).toMatchObject([{ reason: `it answered ${status}` }]);
    webhooks.send(alertOf());
    await until('the next one', () => webhooks.counts.delivered === 1);
    expect(receiver.received).toHaveLength(2);
  });

  it('is sent nothing more after it said 410', async () => {
    const receiver = await receive(statuses(410));
    const { webhooks } = send(configOf([receiver.url]));
    webhooks.send(alertOf());
    webhooks.send(alertOf());
    await until('both', () => webhooks.counts.failed === 1 && webhooks.counts.dropped === 1);
    webhooks.send(alertOf());
    expect(webhooks.counts.dropped).toBe(2);
    expect(receiver.received).toHaveLength(1);
  });

  it('keeps a bounded number of messages waiting; the oldest make room, and each that is lost is counted', async () => {
    let isAway = true;
    const receiver = await receive((response) => void response.writeHead(isAway ? 503 : 204).end());
    const { webhooks, logged } = send(configOf([receiver.url]), { maxWaiting: 5, maxPauseMs: 50 });
    const alerts = Array.from({ length: 12 }, (_, index) => alertOf({ subject: `query ${index}` }));
    for (const alert of alerts) webhooks.send(alert);
    expect(webhooks.counts.dropped).toBe(7);
    expect(logged().filter(({ msg }) => msg === 'alerts were dropped')).toHaveLength(7);
    isAway = false;
    await until('the rest', () => webhooks.counts.delivered === 5);
    const subjects = new Set(receiver.received.map(({ data }) => data.subject));
    // The first was on its way already.
    expect(subjects).toEqual(new Set([0, 8, 9, 10, 11].map((index) => `query ${index}`)));
  });

  it('is named in the log by its host alone', async () => {
    const receiver = await receive(statuses(500, 404));
    const { webhooks, lines } = send(
      configOf([receiver.url.replace('http://', 'http://user:a-secret-word@')]),
    );
    webhooks.send(alertOf());
    await until('the end', () => webhooks.counts.failed === 1);
    expect(lines.join('')).toContain('127.0.0.1');
    expect(lines.join('')).not.toMatch(/a-secret|hook|user:/);
    expect(receiver.received[0]?.headers.authorization).toMatch(/^Basic /);
  });
});

describe('The end of the gateway', () => {
  it('waits for what is on its way, and tries once more what waits', async () => {
    let isAway = true;
    const receiver = await receive((response) => {
      if (isAway) response.writeHead(503).end();
      else setTimeout(() => response.writeHead(204).end(), 20);
    });
    const { webhooks } = send(configOf([receiver.url]), { firstPauseMs: 600_000, maxPauseMs: 600_000 });
    for (let sent = 0; sent < 3; sent++) webhooks.send(alertOf());
    await until('a failure of each', () => webhooks.counts.retried === 3);
    isAway = false;
    await webhooks.stop();
    expect(webhooks.counts).toEqual({ delivered: 3, retried: 3, failed: 0, dropped: 0 });
  });

  it('does not wait longer than its bound for a receiver that never answers, and counts what is left', async () => {
    const receiver = await receive(() => {});
    const { webhooks } = send(configOf([receiver.url]), { drainMs: 50, tryMs: 600_000 });
    for (let sent = 0; sent < 3; sent++) webhooks.send(alertOf());
    await waitFor(() => expect(receiver.received).toHaveLength(1));
    await webhooks.stop();
    expect(webhooks.counts).toEqual({ delivered: 0, retried: 0, failed: 1, dropped: 2 });
    webhooks.send(alertOf());
    expect(webhooks.counts.dropped).toBe(3);
  });
});
