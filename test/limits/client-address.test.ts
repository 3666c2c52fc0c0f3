import type { IncomingMessage } from 'node:http';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { createClientAddress, prefixOf } from '../../src/http/requests/headers/client-address.js';

describe('Who shares a budget', () => {
  it.each([
    ['192.0.2.17', '192.0.2.200', true],
    ['192.0.2.17', '192.0.3.17', false],
    ['::ffff:192.0.2.17', '192.0.2.1', true],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::1', true],
    ['2001:db8:1:2::1', '2001:DB8:0001:0002:ffff:0:0:1', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '2001:db8:0:0:9::1', true],
    ['2001:db8::1:0:0:0:1', '2001:db8::1', false],
    ['::1', '::2', true],
    ['::1', '1::', false],
    ['fe80::1%eth0', 'fe80::2%eth1', true],
    ['no address', 'another one', true],
    ['no address', '192.0.2.1', false],
  ])('%s and %s: %s', (one, other, together) => {
    expect(prefixOf(one) === prefixOf(other)).toBe(together);
  });
});

describe('The address of a client behind proxies', () => {
  const cases: [trusted: string[], remote: string, forwarded: string | undefined][] = [];
  for (const trusted of [
    [],
    ['10.0.0.0/8'],
    ['10.0.0.0/8', '192.0.2.7'],
    ['::1', 'fd00::/8'],
    ['127.0.0.1/32'],
  ])
    for (const remote of ['10.1.2.3', '::ffff:10.1.2.3', '198.51.100.9', '::1', 'fd00::5', '127.0.0.1'])
      for (const forwarded of [
        undefined,
        '203.0.113.5',
        '1.1.1.1, 203.0.113.5',
        '203.0.113.5, 10.9.9.9',
        '203.0.113.5, 192.0.2.7, 10.9.9.9',
        '10.5.5.5, 10.9.9.9',
        'spoofed, 10.9.9.9',
        '2001:db8::9, fd00::6',
        'unknown',
      ])
        cases.push([trusted, remote, forwarded]);

  it('is the one that the framework finds, in each of these cases', async () => {
    for (const [trusted, remote, forwarded] of cases) {
      const app = Fastify({ trustProxy: trusted.length > 0 ? trusted : false });
      let ip = '';
      app.get('/', async (request) => {
        ip = request.ip;
        return {};
      });
      const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
      await app.inject({ url: '/', remoteAddress: remote, headers });
      await app.close();
      const request = { socket: { remoteAddress: remote }, headers } as unknown as IncomingMessage;
      expect([trusted, remote, forwarded, createClientAddress(trusted)(request)]).toEqual([
        trusted,
        remote,
        forwarded,
        ip,
      ]);
    }
    expect(cases.length).toBeGreaterThan(200);
  });
});
