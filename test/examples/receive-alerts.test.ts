import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Secret } from '../../src/config/secret.js';
import { signMessage } from '../../src/monitoring/alerts/webhooks/sign-message.js';
import { secret } from '../monitoring/alerts/webhooks/receiver-server.js';
import { alertOf, configOf, startSending } from '../monitoring/alerts/webhooks/sending.js';
import { until } from '../support/wait.js';

const program = path.join(fileURLToPath(new URL('../../', import.meta.url)), 'examples/receive-alerts.mjs');
let receiver: ReturnType<typeof spawn>;
let printed = '';
let url = '';

beforeAll(async () => {
  receiver = spawn(process.execPath, [program, '0'], {
    env: { PATH: process.env.PATH, ALERT_WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  receiver.stdout?.on('data', (text) => {
    printed += text;
  });
  url = await until('a URL', () => /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]);
});
afterAll(() => void receiver.kill());

const linesOf = (subject: string) => printed.split('\n').filter((line) => line.includes(subject));

it('The example of a receiver prints an alert when it begins and when it is over', async () => {
  const { webhooks } = startSending(configOf([`${url}/`]));
  const alert = alertOf({ subject: 'example.alert' });
  webhooks.send(alert);
  webhooks.send({ ...alert, recoveredAt: new Date() });
  await until('both', () => webhooks.counts.delivered === 2);
  await webhooks.stop();
  await until('both lines', () => linesOf('example.alert').length === 2);
  expect(linesOf('example.alert')).toEqual(
    ['firing', 'resolved'].map(
      (state) =>
        `${state} warning slowQuery example.alert (here:4000): The query songs.list took 1500 ms; expected at most 1000 ms.`,
    ),
  );
});

it('The example of a receiver takes a repeated message once, and nothing that is forged, changed or old', async () => {
  const key = new Secret(secret.slice('whsec_'.length));
  const body = JSON.stringify({
    data: { state: 'firing', subject: 'example.repeated', gateway: { instance: 'a' }, message: 'M' },
  });
  const post = async (headers: Record<string, string>, text = body) =>
    (await fetch(url, { method: 'POST', headers, body: text })).status;
  const signed = signMessage(key, 'alert-1', new Date(), body);
  expect([await post(signed), await post(signed)]).toEqual([204, 204]);
  await until('a line', () => linesOf('example.repeated').length > 0);
  const other = new Secret(Buffer.alloc(24, 1).toString('base64'));
  expect([
    await post({}),
    await post(signMessage(other, 'alert-2', new Date(), body)),
    await post(signed, body.replace('firing', 'resolved')),
    await post({ ...signed, 'webhook-id': 'alert-3' }),
    await post(signMessage(key, 'alert-4', new Date(Date.now() - 600_000), body)),
  ]).toEqual([401, 401, 401, 401, 401]);
  expect(linesOf('example.repeated')).toHaveLength(1);
});
