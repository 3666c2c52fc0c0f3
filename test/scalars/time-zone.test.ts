import { Kind } from 'graphql';
import { describe, expect, it } from 'vitest';
import { TimeZoneScalar } from '../../src/scalars/index.js';
import { openFresh } from '../support/databases.js';

const named = [
  'UTC',
  'Europe/Berlin',
  'America/Argentina/Buenos_Aires',
  'America/North_Dakota/New_Salem',
  'Etc/GMT+5',
];

describe('A TimeZone', () => {
  it.each(named)('is the IANA name %s', (name) => {
    expect(TimeZoneScalar.parseValue(name)).toBe(name);
    expect(TimeZoneScalar.parseLiteral({ kind: Kind.STRING, value: name })).toBe(name);
    expect(TimeZoneScalar.serialize(name)).toBe(name);
  });

  it.each([
    ...[
      '',
      ' ',
      'utc0',
      '+05:30',
      '-05',
      '05:30',
      'UTC+3',
      'CET',
      'EST5EDT',
      '<+03>-3',
      'Europe/',
      '/Berlin',
    ],
    ...[
      'Europe/Berlin ',
      'Europe/Atlantis',
      'posix/Europe/Berlin',
      'right/Europe/Berlin',
      '../etc/passwd',
      'Local\0',
      5,
      null,
    ],
  ])('is refused with what was expected: %j', (value) => {
    expect(() => TimeZoneScalar.parseValue(value)).toThrow(
      `TimeZone: expected the IANA name of a time zone such as "Europe/Berlin", got ${JSON.stringify(value)}`,
    );
  });

  it('is not written as a number', () => {
    expect(() => TimeZoneScalar.parseLiteral({ kind: Kind.INT, value: '5' })).toThrow(
      'TimeZone: expected a string such as "Europe/Berlin", got IntValue',
    );
  });

  it('has the same offsets in PostgreSQL as in Node.js, for every name that Node.js lists', async () => {
    const database = await openFresh();
    const instants = ['2020-01-15T12:00:00Z', '2020-07-15T12:00:00Z'];
    const faults: string[] = [];
    for (const name of [...named, ...Intl.supportedValuesOf('timeZone')]) {
      expect(TimeZoneScalar.parseValue(name)).toBe(name);
      for (const instant of instants) {
        const { rows } = await database.query<{ known: boolean; local: string | null }>(
          `select known, case when known then to_char($1::timestamptz at time zone $2, 'YYYY-MM-DD HH24:MI') end as local
           from analytics.knows_time_zone($2) known`,
          [instant, name],
        );
        const parts = new Intl.DateTimeFormat('sv', {
          timeZone: name,
          dateStyle: 'short',
          timeStyle: 'short',
        });
        if (!rows[0]?.known || rows[0].local !== parts.format(new Date(instant)))
          faults.push(`${name} ${JSON.stringify(rows[0])}`);
      }
    }
    await database.close();
    expect(faults).toEqual([]);
  });
});
