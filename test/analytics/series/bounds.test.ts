import { afterAll, beforeAll, expect, it } from 'vitest';
import { Granularity } from '../../../src/catalogue/granularity.js';
import type { Database } from '../../../src/database/database.js';
import { seededRandom } from '../../refresh/random.js';
import { describeEachDatabase } from '../../support/databases.js';
import { zones } from './zones.js';

// RANDOM_RANGES=1000 tries more; RANDOM_SEED=n tries the same again.
const count = Number(process.env.RANDOM_RANGES ?? 40);
const seed = Number(process.env.RANDOM_SEED ?? Date.now() % 1_000_000_000);

interface Range {
  readonly bounds: readonly string[] | null;
  readonly previous: readonly string[] | null;
  readonly until: string | null;
}

interface Asked {
  readonly granularity: Granularity;
  readonly zone?: string;
  readonly last?: number;
  readonly from?: string;
  readonly to?: string;
  readonly compareTo?: string;
}

describeEachDatabase('The buckets of a series', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database?.close());

  const refreshAt = (instant: string) => database.query(`select analytics.refresh('test', $1)`, [instant]);

  const rangeOf = async ({ granularity, zone = 'UTC', last, from, to, compareTo }: Asked): Promise<Range> => {
    const texts = (
      column: string,
    ) => `(select json_agg(to_char(bound at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') order by bound)
      from unnest(${column}) bound)`;
    const { rows } = await database.query<Range>(
      `select ${texts('bounds')} as bounds, ${texts('previous_bounds')} as previous,
         to_char(previous_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') as until
       from analytics.series_range($1, $2, $3, $4, $5, $6)`,
      [granularity, last ?? null, from ?? null, to ?? null, zone, compareTo ?? null],
    );
    return rows[0]!;
  };

  it.each<[what: string, asked: Asked, bounds: string[]]>([
    [
      'days in UTC, widened to whole ones',
      { granularity: 'DAY', from: '2026-02-27T13:00Z', to: '2026-03-01T00:00:00.000001Z' },
      ['2026-02-27T00:00', '2026-02-28T00:00', '2026-03-01T00:00', '2026-03-02T00:00'],
    ],
    [
      'a day of 23 hours in Berlin',
      { granularity: 'DAY', zone: 'Europe/Berlin', from: '2026-03-28T12:00Z', to: '2026-03-30T12:00Z' },
      ['2026-03-27T23:00', '2026-03-28T23:00', '2026-03-29T22:00', '2026-03-30T22:00'],
    ],
    [
      'a day of 25 hours in Berlin',
      { granularity: 'DAY', zone: 'Europe/Berlin', from: '2026-10-24T12:00Z', to: '2026-10-26T12:00Z' },
      ['2026-10-23T22:00', '2026-10-24T22:00', '2026-10-25T23:00', '2026-10-26T23:00'],
    ],
    [
      'an hour that the clock in Berlin shows twice',
      { granularity: 'HOUR', zone: 'Europe/Berlin', from: '2026-10-24T23:30Z', to: '2026-10-25T02:10Z' },
      ['2026-10-24T23:00', '2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00', '2026-10-25T03:00'],
    ],
    [
      'weeks from Monday on in New York, one of them an hour short',
      { granularity: 'WEEK', zone: 'America/New_York', from: '2026-03-02T12:00Z', to: '2026-03-10T12:00Z' },
      ['2026-03-02T05:00', '2026-03-09T04:00', '2026-03-16T04:00'],
    ],
    [
      'months in New York',
      { granularity: 'MONTH', zone: 'America/New_York', from: '2026-10-15T00:00Z', to: '2026-12-01T00:00Z' },
      ['2026-10-01T04:00', '2026-11-01T04:00', '2026-12-01T05:00'],
    ],
    [
      'days in Kolkata',
      { granularity: 'DAY', zone: 'Asia/Kolkata', from: '2026-01-01T00:00Z', to: '2026-01-02T00:00Z' },
      ['2025-12-31T18:30', '2026-01-01T18:30', '2026-01-02T18:30'],
    ],
    [
      'years in Kolkata',
      { granularity: 'YEAR', zone: 'Asia/Kolkata', from: '2025-06-01T00:00Z', to: '2026-06-01T00:00Z' },
      ['2024-12-31T18:30', '2025-12-31T18:30', '2026-12-31T18:30'],
    ],
    [
      'hours in Kathmandu, a quarter past those of UTC',
      { granularity: 'HOUR', zone: 'Asia/Kathmandu', from: '2026-01-01T00:00Z', to: '2026-01-01T01:00Z' },
      ['2025-12-31T23:15', '2026-01-01T00:15', '2026-01-01T01:15'],
    ],
    [
      'the half of an hour that Lord Howe repeats',
      {
        granularity: 'HOUR',
        zone: 'Australia/Lord_Howe',
        from: '2026-04-04T14:00Z',
        to: '2026-04-04T16:00Z',
      },
      ['2026-04-04T14:00', '2026-04-04T15:00', '2026-04-04T15:30', '2026-04-04T16:30'],
    ],
    [
      'the half of an hour that Lord Howe has left of another',
      {
        granularity: 'HOUR',
        zone: 'Australia/Lord_Howe',
        from: '2026-10-03T15:00Z',
        to: '2026-10-03T16:30Z',
      },
      ['2026-10-03T14:30', '2026-10-03T15:30', '2026-10-03T16:00', '2026-10-03T17:00'],
    ],
    [
      'a day of 24 hours and a half on Lord Howe',
      { granularity: 'DAY', zone: 'Australia/Lord_Howe', from: '2026-04-05T00:00Z', to: '2026-04-05T00:01Z' },
      ['2026-04-04T13:00', '2026-04-05T13:30'],
    ],
    [
      'the days of Apia without the one that it skipped',
      { granularity: 'DAY', zone: 'Pacific/Apia', from: '2011-12-29T12:00Z', to: '2011-12-31T00:00Z' },
      ['2011-12-29T10:00', '2011-12-30T10:00', '2011-12-31T10:00'],
    ],
    [
      'days in St. John’s, where the clock went back to the day before, a minute after midnight',
      { granularity: 'DAY', zone: 'America/St_Johns', from: '2010-11-06T12:00Z', to: '2010-11-08T12:00Z' },
      ['2010-11-06T02:30', '2010-11-07T03:30', '2010-11-08T03:30', '2010-11-09T03:30'],
    ],
    [
      'a day in Havana from the first of its two midnights on',
      { granularity: 'DAY', zone: 'America/Havana', from: '2025-11-02T12:00Z', to: '2025-11-02T13:00Z' },
      ['2025-11-02T04:00', '2025-11-03T05:00'],
    ],
    [
      'hours of local mean time, rounded down to quarters',
      { granularity: 'HOUR', zone: 'Europe/Berlin', from: '1880-01-01T00:00Z', to: '1880-01-01T00:30Z' },
      ['1880-01-01T00:00', '1880-01-01T01:00'],
    ],
  ])('are %s', async (_what, asked, bounds) => {
    await refreshAt('2026-03-01T12:00:00.123456Z');
    expect((await rangeOf(asked)).bounds).toEqual(bounds);
  });

  it('end with the one that holds the last refresh, or the instant before `to`', async () => {
    await refreshAt('2026-03-01T12:00:00.123456Z');
    const last = { granularity: 'DAY', last: 2 } as const;
    expect((await rangeOf(last)).bounds).toEqual([
      '2026-02-28T00:00',
      '2026-03-01T00:00',
      '2026-03-02T00:00',
    ]);
    expect((await rangeOf({ ...last, to: '2026-01-02T00:00Z' })).bounds).toEqual([
      '2025-12-31T00:00',
      '2026-01-01T00:00',
      '2026-01-02T00:00',
    ]);
    expect((await rangeOf({ granularity: 'MONTH', from: '2026-02-10T00:00Z' })).bounds).toEqual([
      '2026-02-01T00:00',
      '2026-03-01T00:00',
      '2026-04-01T00:00',
    ]);
    await refreshAt('2026-03-02T00:00Z');
    expect((await rangeOf(last)).bounds).toEqual([
      '2026-03-01T00:00',
      '2026-03-02T00:00',
      '2026-03-03T00:00',
    ]);
  });

  it('are as many as were asked for, also over a day that was skipped', async () => {
    const asked = { granularity: 'DAY', zone: 'Pacific/Apia', last: 1_000, to: '2012-01-15T00:00Z' } as const;
    const { bounds, previous } = await rangeOf({ ...asked, compareTo: 'PREVIOUS_PERIOD' });
    expect(bounds).toHaveLength(1_001);
    expect(previous).toHaveLength(1_001);
    expect(previous!.at(-1)).toBe(bounds![0]);
  });

  it.each<[what: string, at: string, asked: Asked, previous: string[], until: string]>([
    [
      'half a month with half of the one before',
      '2026-03-15T12:07Z',
      { granularity: 'MONTH', last: 1, compareTo: 'PREVIOUS_PERIOD' },
      ['2026-02-01T00:00', '2026-03-01T00:00'],
      '2026-02-15T12:00',
    ],
    [
      'the end of a long month with all of the short one before',
      '2026-03-31T12:00Z',
      { granularity: 'MONTH', last: 1, compareTo: 'PREVIOUS_PERIOD' },
      ['2026-02-01T00:00', '2026-03-01T00:00'],
      '2026-03-01T00:00',
    ],
    [
      'what is over with all of what was before',
      '2026-03-31T12:00Z',
      {
        granularity: 'DAY',
        from: '2026-03-03T00:00Z',
        to: '2026-03-05T00:00Z',
        compareTo: 'PREVIOUS_PERIOD',
      },
      ['2026-03-01T00:00', '2026-03-02T00:00', '2026-03-03T00:00'],
      '2026-03-03T00:00',
    ],
    [
      'what has not begun with nothing',
      '2026-03-01T12:00Z',
      {
        granularity: 'DAY',
        from: '2026-03-03T00:00Z',
        to: '2026-03-04T00:00Z',
        compareTo: 'PREVIOUS_PERIOD',
      },
      ['2026-03-02T00:00', '2026-03-03T00:00'],
      '2026-03-02T00:00',
    ],
    [
      'days in Berlin with the same days of the year before',
      '2026-03-29T12:00Z',
      { granularity: 'DAY', zone: 'Europe/Berlin', last: 2, compareTo: 'PREVIOUS_YEAR' },
      ['2025-03-27T23:00', '2025-03-28T23:00', '2025-03-29T23:00'],
      '2025-03-29T12:00',
    ],
    [
      'the 29th of February with the 28th',
      '2026-03-29T12:00Z',
      { granularity: 'DAY', from: '2024-02-29T00:00Z', to: '2024-03-02T00:00Z', compareTo: 'PREVIOUS_YEAR' },
      ['2023-02-28T00:00', '2023-03-01T00:00', '2023-03-02T00:00'],
      '2023-03-02T00:00',
    ],
    [
      'weeks with those 52 weeks earlier',
      '2026-03-03T12:00Z',
      { granularity: 'WEEK', last: 1, compareTo: 'PREVIOUS_YEAR' },
      ['2025-03-03T00:00', '2025-03-10T00:00'],
      '2025-03-04T12:00',
    ],
    [
      'hours with the same hours of the year before',
      '2026-03-03T12:20Z',
      { granularity: 'HOUR', zone: 'Asia/Kathmandu', last: 1, compareTo: 'PREVIOUS_YEAR' },
      ['2025-03-03T12:15', '2025-03-03T13:15'],
      '2025-03-03T12:15',
    ],
  ])('compare %s', async (_what, at, asked, previous, until) => {
    await refreshAt(at);
    expect(await rangeOf(asked)).toMatchObject({ previous, until });
  });

  it('are cut where there would be too many', async () => {
    await refreshAt('2026-03-01T12:00Z');
    const { bounds, previous } = await rangeOf({
      granularity: 'HOUR',
      from: '0001-01-01T00:00Z',
      compareTo: 'PREVIOUS_PERIOD',
    });
    expect(bounds!.length).toBeGreaterThan(1_001);
    expect(bounds!.length).toBeLessThan(1_010);
    expect(previous).toBeNull();
  });

  const sizes = { HOUR: 60, DAY: 40, WEEK: 6, MONTH: 3, YEAR: 1 } as const;

  it(`follow each other and are what date_trunc makes of every quarter of an hour, in ${count} ranges`, async () => {
    const random = seededRandom(seed);
    for (let n = 0; n < count; n++) {
      const granularity = random.pick(Object.values(Granularity));
      const zone = random.pick(zones);
      // A minute past midnight is not a quarter.
      const firstYear = zone === 'America/St_Johns' ? 2012 : 1980;
      const at = new Date(
        Date.UTC(random.between(firstYear, 2037), 0, 1) + random.between(0, 366 * 86_400_000),
      );
      const last = random.between(1, sizes[granularity]);
      const what = JSON.stringify({ seed, granularity, zone, at, last });
      const { rows } = await database.query(
        `with range as (select bounds from analytics.series_range($1, $2, null, $3, $4, null))
         select cardinality(bounds) - 1 as buckets, count(*) filter (where units = 1) as whole,
           (select count(distinct date_trunc($1, quarter, $4)) from generate_series(bounds[1], bounds[cardinality(bounds)] - interval '15 minutes', '15 minutes') quarter) as units,
           bounds[cardinality(bounds) - 1] < $3 and bounds[cardinality(bounds)] >= $3 as holds_end,
           date_trunc($1, bounds[1] - interval '1 microsecond', $4) <> date_trunc($1, bounds[1], $4) as starts
         from range cross join generate_series(1, cardinality(bounds) - 1) position
         cross join lateral (
           select count(distinct date_trunc($1, quarter, $4)) as units
           from generate_series(bounds[position], bounds[position + 1] - interval '15 minutes', '15 minutes') quarter
         ) counted
         group by bounds`,
        [granularity, last, at.toISOString(), zone],
      );
      expect(rows, what).toEqual([
        { buckets: last, whole: last, units: last, holds_end: true, starts: true },
      ]);
    }
  });
});
