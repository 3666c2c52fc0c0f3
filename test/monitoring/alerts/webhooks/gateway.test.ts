import { hostname } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { ownVersion } from '../../../../src/database/migrations/version.js';
import { openFresh } from '../../../support/databases.js';
import { type Gateway, startGateway } from '../../../support/gateway.js';
import { until, waitFor } from '../../../support/wait.js';
import { expectedSignature, type Respond, secret, startReceiver } from './receiver-server.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** A gateway whose views are stale from the start, and a receiver. */
async function start(respond?: Respond, settings: Readonly<Record<string, string>> = {}) {
  const receiver = await startReceiver(respond);
  open.push(receiver);
  const gateway = await startGateway(await openFresh('fixture'), {
    ALERT_WEBHOOK_URLS: receiver.url,
    ALERT_WEBHOOK_SECRET: secret,
    ALERT_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1',
    LOG_LEVEL: 'info',
    ...settings,
  });
  return { gateway, receiver };
}

const countOf = async (gateway: Gateway, result: string) => {
  const text = await (await gateway.fetch('/metrics')).text();
  return Number(
    new RegExp(`gateway_webhook_deliveries_total\\{result="${result}"\\} (\\d+)`).exec(text)?.[1],
  );
};

describe('A gateway with a webhook', () => {
  it('sends an alert when it is raised and when it is over, once each', async () => {
    const { gateway, receiver } = await start();
    open.push(gateway);
    // On a machine that is busy there may be alerts of slow queries, too.
    const ofViews = () => receiver.received.filter(({ data }) => data.alert === 'staleView');
    await until('the alert', () => ofViews().length === 1);
    // Checked again and again meanwhile, which is the same alert.
    await waitFor(async () => {
      const { monitoring } = await gateway.read<
        { monitoring: { alerts: { kind: string; count: number }[] } },
        object
      >('{ monitoring { alerts(limit: 5) { kind count } } }' as never, {}, 'operator');
      const stale = monitoring.alerts.find(({ kind }) => kind === 'STALE_VIEW');
      expect(stale?.count).toBeGreaterThan(1);
    });
    expect((await gateway.ask('mutation { refreshViews { outcome } }', {}, 'operator')).errors).toEqual([]);
    await until('its end', () => ofViews().length === 2);
    await waitFor(async () => expect(await countOf(gateway, 'delivered')).toBe(receiver.received.length));
    const [firing, resolved] = ofViews();
    expect(firing?.data).toMatchObject({
      alert: 'staleView',
      subject: 'views',
      state: 'firing',
      threshold: 1,
      unit: 'hours',
      scope: 'database',
      resolvedAt: null,
    });
    expect(firing?.data.value).toBeGreaterThan(1);
    expect(firing?.data.gateway).toEqual({
      instance: `${hostname()}:process-${process.pid}`,
      version: ownVersion,
    });
    expect(resolved?.data).toMatchObject({
      id: firing?.data.id,
      state: 'resolved',
      since: firing?.data.since,
    });
    expect(ofViews()).toHaveLength(2);
    for (const each of receiver.received) expect(each.signature).toBe(expectedSignature(each));
    expect(gateway.lines.join('')).not.toMatch(/a-secret|whsec_/);
    const texts = [await (await gateway.fetch('/metrics')).text(), gateway.lines.join('')];
    for (const text of texts) expect(text).not.toMatch(/hook\/|a-secret|MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw/);
  });

  it('answers, and stops, while the receiver never does', async () => {
    const { gateway, receiver } = await start(() => {}, { INSTANCE_NAME: 'gateway-7' });
    await until('the alert', () => receiver.received.some(({ data }) => data.alert === 'staleView'));
    expect(receiver.received[0]?.data.gateway).toMatchObject({ instance: 'gateway-7' });
    expect((await gateway.ask('{ platformStats { totalPlays } }')).errors).toEqual([]);
    await gateway.close();
    const lines = gateway.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({
        receiver: '127.0.0.1',
        alert: 'staleView',
        reason: 'it did not answer in time',
      }),
    );
  });
});
