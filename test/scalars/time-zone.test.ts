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
    const names = [...named, ...Intl.supportedValuesOf('timeZone')];
    for (const name of names) expect(TimeZoneScalar.parseValue(name)).toBe(name);
    for (const instant of instants) {
      const { rows } = await database.query<{ name: string; known: boolean; local: string | null }>(
        `select name, known, case when known then to_char($1::timestamptz at time zone name, 'YYYY-MM-DD HH24:MI') end as local
         from unnest($2::text[]) with ordinality names (name, position), analytics.knows_time_zone(name) known order by position`,
        [instant, names],
      );
      expect(rows.map(({ name }) => name)).toEqual(names);
      for (const row of rows) {
        const parts = new Intl.DateTimeFormat('sv', {
          timeZone: row.name,
          dateStyle: 'short',
          timeStyle: 'short',
        });
        if (!row.known || row.local !== parts.format(new Date(instant))) faults.push(JSON.stringify(row));
      }
    }
    await database.close();
    expect(faults).toEqual([]);
  });
});
