import { expect, it } from 'vitest';
import { Granularity } from '../../../src/catalogue/granularity.js';
import { alice, asOf, bob } from '../../support/fixture.js';
import { type Asker, describeEachGateway } from '../../support/gateway.js';
import { canonical } from '../truth.js';
import { zones } from './zones.js';

interface Totals {
  readonly plays: number;
  readonly earnings: string;
  readonly listenedSeconds: number;
}

interface Bucket extends Totals {
  readonly start: string;
  readonly end: string;
  readonly isPartial: boolean;
}

interface Series {
  readonly from: string;
  readonly to: string;
  readonly granularity: Granularity;
  readonly timeZone: string;
  readonly buckets: readonly Bucket[];
  readonly totals: Totals;
  readonly previous: Series | null;
  readonly previousToDate: Totals | null;
}

const amounts = 'plays earnings listenedSeconds';
const own = `from to granularity timeZone buckets { start end isPartial ${amounts} } totals { ${amounts} }`;
const whole = `${own} previous { ${own} previous { from } previousToDate { plays } } previousToDate { ${amounts} }`;

/** A subject of each kind: how it is reached, and its plays in plain terms of the three tables. */
const subjects = [
  { way: (series: string) => `platformStats { ${series} }`, condition: 'true' },
  { way: (series: string) => `genre(name: "Rock") { ${series} }`, condition: "genre = 'Rock'" },
  { way: (series: string) => `artist(address: "0xA2") { ${series} }`, condition: "artist_address = '0xA2'" },
  { way: (series: string) => `song(id: "song-07") { ${series} }`, condition: "song_id = 'song-07'" },
  {
    way: (series: string) => `listener(address: "${alice}") { ${series} }`,
    condition: `listener_address = '${alice}'`,
  },
] as const;

/** From before the first play of the fixture to after the last one. */
const everything = 'from: "2025-01-01T00:00:00Z", to: "2026-04-01T00:00:00Z"';
const longEnough: Readonly<Record<Granularity, string>> = {
  HOUR: 'from: "2026-01-25T00:00:00Z", to: "2026-03-05T00:00:00Z"',
  DAY: everything,
  WEEK: everything,
  MONTH: everything,
  YEAR: everything,
};

describeEachGateway('A series', (gateway, name) => {
  const ask = (document: string, asker: Asker = alice) => gateway().ask(document, {}, asker);

  const seriesOf = async (
    given: string,
    selection = whole,
    way: (series: string) => string = subjects[0].way,
  ): Promise<Series> => {
    const { data, errors } = await ask(
      `{ subject: ${way(`series${given && `(${given})`} { ${selection} }`)} }`,
    );
    expect(errors).toEqual([]);
    return (data as unknown as { subject: { series: Series } }).subject.series;
  };

  /** Those of all subjects, in their order. */
  const everySeries = async (given: string, selection: string): Promise<readonly Series[]> => {
    const parts = subjects.map(({ way }, index) => `s${index}: ${way(`series(${given}) { ${selection} }`)}`);
    const { data, errors } = await ask(`{ ${parts.join(' ')} }`, 'operator');
    expect(errors).toEqual([]);
    return subjects.map(
      (_subject, index) => (data as unknown as Record<string, { series: Series }>)[`s${index}`]!.series,
    );
  };

  const countBetween = async (condition: string, from: string, to: string) => {
    const { rows } = await gateway().database.query<Totals>(
      `select count(*) as plays, coalesce(sum(amount_paid), 0) as earnings, coalesce(sum(duration), 0)::bigint as "listenedSeconds"
       from plays join songs using (song_id) where ${condition} and played_at >= $1 and played_at < $2`,
      [from, to],
    );
    return canonical(rows[0]!);
  };

  it('of every kind and in every zone is what grouping the plays by date_trunc gives', async () => {
    for (const granularity of Object.values(Granularity))
      for (const zone of zones) {
        const given = `granularity: ${granularity}, timeZone: "${zone}", ${longEnough[granularity]}`;
        const found = await everySeries(given, own);
        for (const [index, { condition }] of subjects.entries()) {
          const series = found[index]!;
          const { rows } = await gateway().database.query(
            `select count(*) as plays, sum(amount_paid) as earnings, sum(duration)::bigint as "listenedSeconds", min(played_at) as first
             from plays join songs using (song_id) where ${condition} and played_at >= $1 and played_at < $2
             group by date_trunc($3, played_at, $4) order by first`,
            [series.from, series.to, granularity, zone],
          );
          const filled = series.buckets.filter(({ plays }) => plays > 0);
          const what = `${granularity} ${zone} ${condition}`;
          expect(
            filled.map(({ plays, earnings, listenedSeconds }) =>
              canonical({ plays, earnings, listenedSeconds }),
            ),
            what,
          ).toEqual(rows.map(({ first: _first, ...amount }) => canonical(amount)));
          for (const [index, { start, end }] of filled.entries()) {
            const first = String((rows[index] as { first: string }).first);
            expect(start <= first && first < end, what).toBe(true);
          }
        }
      }
  });

  it('has every bucket from its beginning to its end, each beginning where the one before ends', async () => {
    const { from, to, buckets } = await seriesOf('granularity: HOUR, last: 200, timeZone: "Asia/Kathmandu"');
    expect(buckets).toHaveLength(200);
    expect(buckets[0]!.start).toBe(from);
    expect(buckets.at(-1)!.end).toBe(to);
    for (const [index, { start }] of buckets.entries())
      if (index > 0) expect(start).toBe(buckets[index - 1]!.end);
  });

  it('is of the last 30 days in UTC unless said otherwise, and partial in the bucket of the refresh', async () => {
    const series = await seriesOf('');
    expect(series).toMatchObject({
      from: '2026-01-31T00:00:00.000Z',
      to: '2026-03-02T00:00:00.000Z',
      granularity: 'DAY',
      timeZone: 'UTC',
      previous: null,
      previousToDate: null,
    });
    expect(series.buckets.map(({ isPartial }) => isPartial)).toEqual([...Array(29).fill(false), true]);
    expect(
      await seriesOf('granularity: null, last: null, from: null, to: null, timeZone: null, compareTo: null'),
    ).toEqual(series);
  });

  it('adds up to the totals of its subject, to the last digit, in every zone', async () => {
    const { data } = await ask(
      `{ platformStats { totalPlays totalVolume }
         genre(name: "Rock") { totalPlays totalEarnings }
         artist(address: "0xA2") { totalPlays totalEarnings }
         song(id: "song-07") { playCount totalEarnings }
         listener(address: "${alice}") { totalPlays totalSpent } }`,
    );
    for (const zone of zones) {
      const given = `granularity: MONTH, timeZone: "${zone}", ${everything}`;
      const full = await everySeries(given, own);
      const alone = await everySeries(given, `totals { ${amounts} }`);
      for (const [index, subject] of Object.values(data as object).entries()) {
        const { buckets, totals } = full[index]!;
        const [plays, earnings] = Object.values(subject as object);
        expect(totals.plays).toBe(plays);
        expect(canonical({ earnings: totals.earnings })).toEqual(canonical({ earnings }));
        expect(buckets.reduce((sum, bucket) => sum + bucket.plays, 0)).toBe(plays);
        expect(canonical(alone[index]!.totals)).toEqual(canonical(totals));
      }
    }
  });

  it('has zeros where there were no plays, before the first one and for subjects without any', async () => {
    const zeros = { plays: 0, earnings: '0', listenedSeconds: 0 };
    const before = await seriesOf('to: "2001-01-01T00:00:00Z", last: 3, compareTo: PREVIOUS_YEAR');
    expect(before.totals).toEqual(zeros);
    expect(before.buckets).toMatchObject([zeros, zeros, zeros]);
    expect(before).toMatchObject({ previous: { totals: zeros }, previousToDate: zeros });
    const unplayed = await seriesOf(everything, own, (series) => `song(id: "song-24") { ${series} }`);
    expect(unplayed.totals).toEqual(zeros);
    expect(unplayed.buckets).toHaveLength(455);
  });

  it.each(['PREVIOUS_PERIOD', 'PREVIOUS_YEAR'])(
    'is compared with as many buckets of an earlier time, and with the part of them that is as old: %s',
    async (compareTo) => {
      for (const { way, condition } of subjects) {
        const given = `granularity: WEEK, last: 3, timeZone: "Europe/Berlin", compareTo: ${compareTo}`;
        const { from, buckets, previous, previousToDate } = await seriesOf(given, whole, way);
        expect(previous).toMatchObject({
          granularity: 'WEEK',
          timeZone: 'Europe/Berlin',
          previous: null,
          previousToDate: null,
        });
        expect(previous!.buckets).toHaveLength(buckets.length);
        if (compareTo === 'PREVIOUS_PERIOD') expect(previous!.to).toBe(from);
        else expect(Date.parse(from) - Date.parse(previous!.from)).toBe(52 * 7 * 86_400_000);
        expect(canonical(previous!.totals)).toEqual(
          await countBetween(condition, previous!.from, previous!.to),
        );
        const elapsed = Date.parse(asOf) - Date.parse(from);
        const until = new Date(Math.floor((Date.parse(previous!.from) + elapsed) / 900_000) * 900_000);
        expect(canonical(previousToDate!)).toEqual(
          await countBetween(condition, previous!.from, until.toISOString()),
        );
        expect(previous!.buckets.every(({ isPartial }) => !isPartial)).toBe(true);
      }
    },
  );

  // What is refused, and in which words, does not depend on the database.
  if (name === 'PGlite')
    it.each<[given: string, message: string | RegExp]>([
      ['timeZone: "Europe/Atlantis"', /TimeZone: expected the IANA name .* got "Europe\/Atlantis"/],
      ['timeZone: "+05:30"', /TimeZone: expected the IANA name .* got "\+05:30"/],
      ['timeZone: "CET"', /TimeZone: expected the IANA name .* got "CET"/],
      ['timeZone: "America/New_York-5"', /TimeZone: expected the IANA name/],
      ['timeZone: "Factory"', /TimeZone: expected the IANA name/],
      ['last: 0', 'last: expected a number from 1 to 1000, got 0'],
      ['last: -1', 'last: expected a number from 1 to 1000, got -1'],
      ['last: 1001', 'last: expected a number from 1 to 1000, got 1001'],
      [
        'granularity: HOUR, from: "2026-01-01T00:00:00Z", to: "2026-02-11T17:00:00Z"',
        'from, to: expected at most 1000 buckets of granularity HOUR, got 1001',
      ],
      [
        'from: "1900-01-01T00:00:00Z", to: "2026-02-11T17:00:00Z"',
        'from, to: expected at most 1000 buckets of granularity DAY, got more',
      ],
      [
        'granularity: HOUR, from: "0001-01-01T00:00:00Z"',
        'from, to: expected at most 1000 buckets of granularity HOUR, got more',
      ],
      [
        'from: "2026-01-01T00:00:00Z", to: "2026-01-01T00:00:00.000000Z"',
        'from, to: expected from before to, got from: 2026-01-01T00:00:00.000Z and to: 2026-01-01T00:00:00.000000Z',
      ],
      ['from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z"', /^from, to: expected from before to/],
      [
        'from: "2027-01-01T00:00:00Z"',
        `from: expected an instant up to the last refresh, ${asOf}, got 2027-01-01T00:00:00.000Z`,
      ],
      ['from: "0000-06-01T00:00:00Z"', /DateTime: expected RFC 3339/],
      [
        'granularity: YEAR, from: "0001-06-01T00:00:00Z", to: "0002-06-01T00:00:00Z", compareTo: PREVIOUS_PERIOD',
        'compareTo: expected buckets in the years 1 to 9999, got some that begin before them',
      ],
      [
        'granularity: YEAR, from: "9999-06-01T00:00:00Z", to: "9999-12-01T00:00:00Z"',
        'from, to: expected buckets in the years 1 to 9999, got some that end after them',
      ],
      [
        'last: 5, from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z"',
        'last, from: expected one of the two, got last: 5 and from: 2026-01-01T00:00:00.000Z',
      ],
      ['last: 5, from: "2026-01-01T00:00:00Z"', /^last, from: expected one of the two/],
    ])('refuses what does not fit and says what was expected: %s', async (given, message) => {
      for (const asker of ['public', alice] as const) {
        const { errors, data } = await ask(`{ platformStats { series(${given}) { from } } }`, asker);
        expect(data ?? null).toBeNull();
        expect(errors).toHaveLength(1);
        expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
        if (typeof message === 'string') expect(errors[0]?.message).toBe(message);
        else expect(errors[0]?.message).toMatch(message);
      }
    });

  it('of the years 1 and 9999 is a series like any other', async () => {
    const first = await seriesOf(
      'granularity: YEAR, from: "0001-01-01T00:00:00Z", to: "0003-01-01T00:00:00Z"',
      own,
    );
    expect(first).toMatchObject({ from: '0001-01-01T00:00:00.000Z', to: '0003-01-01T00:00:00.000Z' });
    const last = await seriesOf('from: "9999-12-30T00:00:00Z", to: "9999-12-30T00:00:00.000001Z"', own);
    expect(last).toMatchObject({ to: '9999-12-31T00:00:00.000Z', totals: { plays: 0 } });
  });

  it('of a listener is for the listener and for operators', async () => {
    const document = `{ listener(address: "${alice}") { series { totals { plays } } } }`;
    for (const asker of [alice, 'operator'] as const) expect((await ask(document, asker)).errors).toEqual([]);
    for (const [asker, code] of [
      [bob, 'FORBIDDEN'],
      ['public', 'UNAUTHENTICATED'],
    ] as const) {
      const { errors, text } = await ask(document, asker);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
      expect(text).not.toContain('plays');
    }
  });

  it.each(['DAY', 'WEEK', 'MONTH'])(
    'of active listeners counts different addresses in UTC: %s',
    async (granularity) => {
      const { data, errors } = await ask(
        `{ platformStats { activeListeners(granularity: ${granularity}, last: 15) { granularity buckets { start end isPartial listeners } } } }`,
        'public',
      );
      expect(errors).toEqual([]);
      const { activeListeners } = (
        data as unknown as {
          platformStats: {
            activeListeners: { granularity: string; buckets: (Bucket & { listeners: number })[] };
          };
        }
      ).platformStats;
      expect(activeListeners.granularity).toBe(granularity);
      expect(activeListeners.buckets).toHaveLength(15);
      expect(activeListeners.buckets.map(({ isPartial }) => isPartial)).toEqual([
        ...Array(14).fill(false),
        true,
      ]);
      for (const { start, end, listeners } of activeListeners.buckets) {
        const { rows } = await gateway().database.query(
          'select count(distinct listener_address) as listeners, date_trunc($3, $1::timestamptz, $4) as start from plays where played_at >= $1 and played_at < $2',
          [start, end, granularity, 'UTC'],
        );
        expect({ listeners, start }).toEqual(rows[0]);
      }
      expect(activeListeners.buckets.at(-1)!.listeners).toBeGreaterThan(0);
    },
  );

  it.each([0, 1_001])('of active listeners refuses a last of %i', async (last) => {
    const { errors } = await ask(`{ platformStats { activeListeners(last: ${last}) { granularity } } }`);
    expect(errors.map(({ message }) => message)).toEqual([
      `last: expected a number from 1 to 1000, got ${last}`,
    ]);
  });
});
