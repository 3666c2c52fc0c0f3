import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.js';
import { faultsOf } from './faults-of.js';

const key = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const hidden = 'https://hooks.example/services/a-secret-path?token=a-secret-token';

const withSecret = (ALERT_WEBHOOK_URLS: string, ALERT_WEBHOOK_ALLOW_PRIVATE = '') =>
  faultsOf({ ALERT_WEBHOOK_URLS, ALERT_WEBHOOK_ALLOW_PRIVATE, ALERT_WEBHOOK_SECRET: key });

test('webhooks are read: receivers by their hosts, the key without its prefix', () => {
  const { webhooks, instanceName } = readConfig({
    ALERT_WEBHOOK_URLS: `${hidden}, http://10.1.2.3:9000/alerts,http://alerts.internal/,https://[2606:4700::1]/`,
    ALERT_WEBHOOK_SECRET: `whsec_${key}`,
    ALERT_WEBHOOK_ALLOW_PRIVATE: '10.0.0.0/8, alerts.internal',
    INSTANCE_NAME: 'gateway-1:eu',
  });
  expect(webhooks?.receivers.map(({ host }) => host)).toEqual([
    ...['hooks.example', '10.1.2.3', 'alerts.internal', '2606:4700::1'],
  ]);
  expect(webhooks?.receivers[0]?.url.reveal()).toBe(hidden);
  expect(webhooks?.key.reveal()).toBe(key);
  expect(instanceName).toBe('gateway-1:eu');
});

test('a URL without a secret is refused, and a secret without URLs does nothing', () => {
  expect(faultsOf({ ALERT_WEBHOOK_URLS: hidden })).toEqual([
    'ALERT_WEBHOOK_SECRET: expected, because ALERT_WEBHOOK_URLS is set',
  ]);
  expect(readConfig({ ALERT_WEBHOOK_SECRET: key }).webhooks).toBeNull();
});

test.each([
  ['a-word-of-thirty-two-characters-'],
  ['c2hvcnQ='],
  [`${key.slice(0, 31)}`],
  ['A'.repeat(88)],
  [`whsec_${'!'.repeat(40)}`],
])('a secret that is no key is refused: %s', (secret) => {
  const faults = faultsOf({ ALERT_WEBHOOK_URLS: hidden, ALERT_WEBHOOK_SECRET: secret });
  expect(faults).toEqual([
    expect.stringMatching(/^ALERT_WEBHOOK_SECRET: expected 24 to 64 random bytes in base64/),
  ]);
  expect(faults[0]).not.toContain(secret);
});

test('http is for what is allowed to be private by its name or as an address', () => {
  const refused = [
    'ALERT_WEBHOOK_URLS: expected https (http only for what ALERT_WEBHOOK_ALLOW_PRIVATE names), got http in entry 1',
  ];
  expect(withSecret('http://hooks.example/')).toEqual(refused);
  expect(withSecret('http://hooks.example/', 'example,10.0.0.0/8')).toEqual(refused);
  expect(withSecret('http://10.0.0.1/', '10.0.0.0/24')).toEqual([]);
  expect(withSecret('http://10.0.1.1/', '10.0.0.0/24')).toEqual(refused);
  expect(withSecret('http://Hooks.Internal/', 'hooks.internal')).toEqual([]);
  expect(withSecret('http://[fd00::1]/', 'fd00::/8')).toEqual([]);
});

test('everything that is wrong with webhooks is named at once, without what is secret in it', () => {
  const urls = ['ftp://hooks.example/a-secret', 'a-secret', `${hidden}#a-secret`, hidden, hidden, 'https://'];
  const faults = faultsOf({
    ALERT_WEBHOOK_URLS: urls.join(','),
    ALERT_WEBHOOK_SECRET: 'a-secret',
    ALERT_WEBHOOK_ALLOW_PRIVATE: '10.0.0.0/33,fd00::/129,http://x,1234,ok.example',
    INSTANCE_NAME: 'two words',
    PORT: 'x',
  });
  const named = faults.map((fault) => fault.split(':')[0]);
  expect(named.sort()).toEqual(
    [
      ...Array<string>(4).fill('ALERT_WEBHOOK_ALLOW_PRIVATE'),
      ...Array<string>(5).fill('ALERT_WEBHOOK_URLS'),
      ...['ALERT_WEBHOOK_SECRET', 'INSTANCE_NAME', 'PORT'],
    ].sort(),
  );
  expect(faults.join('\n')).not.toContain('a-secret');
  const many = Array.from({ length: 11 }, (_, index) => `https://${index}.example/`).join(',');
  expect(withSecret(many)).toEqual(['ALERT_WEBHOOK_URLS: expected at most 10 URLs, got 11']);
});

test('neither a URL nor the key is shown by any way of printing', () => {
  const config = readConfig({ ALERT_WEBHOOK_URLS: hidden, ALERT_WEBHOOK_SECRET: key });
  for (const shown of [inspect(config, { depth: null, showHidden: true }), JSON.stringify(config)]) {
    expect(shown).not.toMatch(/a-secret/);
    expect(shown).not.toContain(key);
  }
});
