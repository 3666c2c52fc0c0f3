import { describe, expect, it } from 'vitest';
import { kindOfAddress } from '../../../../src/monitoring/alerts/webhooks/address-kind.js';

describe('An address', () => {
  it.each([
    ...[
      '93.184.215.14',
      '1.1.1.1',
      '172.15.255.255',
      '172.32.0.1',
      '100.63.255.255',
      '11.0.0.1',
      '169.253.1.1',
    ],
    ...['2606:4700:4700::1111', '::ffff:1.1.1.1', '64:ff9b::1.1.1.1', '2a00::1'],
  ])('%s is public', (address) => {
    expect(kindOfAddress(address)).toBe('public');
  });

  it.each([
    ...[
      '127.0.0.1',
      '127.255.255.255',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
    ],
    ...['::1', 'fc00::1', 'fdff::1', '::ffff:127.0.0.1', '::ffff:a00:1', '64:ff9b::10.0.0.1'],
    ...['64:ff9b:0:0:0:0:7f00:1', '0:0:0:0:0:ffff:7f00:0001'],
  ])('%s is private', (address) => {
    expect(kindOfAddress(address)).toBe('private');
  });

  it.each([
    ...['169.254.169.254', '0.0.0.0', '224.0.0.1', '255.255.255.255', '240.0.0.1', '192.0.2.1', '198.18.0.1'],
    ...[
      'fe80::1',
      'fe80::1%eth0',
      'ff02::1',
      '::',
      '::ffff:169.254.169.254',
      '64:ff9b::a9fe:a9fe',
      '2001:db8::1',
    ],
    ...['2002:7f00:1::', '2001::1', '::127.0.0.1', '64:ff9b:1::1', 'fec0::1', 'not an address', ''],
  ])('%s is what no receiver has', (address) => {
    expect(kindOfAddress(address)).toBe('reserved');
  });
});
