import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/monitoring/advice/candidates/candidate.js';
import { ddlOf, definitionOf } from '../../../src/monitoring/advice/candidates/ddl.js';
import { isServed } from '../../../src/monitoring/advice/candidates/served.js';
import { conditionsOf, joinConditionsOf } from '../../../src/monitoring/advice/plan-reading/condition.js';
import { quoteWith } from '../../../src/monitoring/advice/plan-reading/quote.js';
import type {
  ExistingIndex,
  IndexColumn,
  Relation,
} from '../../../src/monitoring/advice/plan-reading/relation.js';
import { sortStepsOf } from '../../../src/monitoring/advice/plan-reading/sort-step.js';

const quote = quoteWith(['on', 'order']);

describe('A condition of a plan', () => {
  it.each<[expression: string, ...expected: string[]]>([
    [`(t.a = 'x'::text)`, 'a equal x'],
    [`((t.a = 'it''s, (AND) "x"'::text) AND (t.b > 5))`, `a equal it's, (AND) "x"`, 'b range 5'],
    [`((t.v)::text = 'x'::text)`, 'v:text equal x'],
    [`(t."Odd Name" = 5)`, 'Odd Name equal 5'],
    [`((NOT t.flag) AND t.rare)`, 'flag equal f', 'rare equal t'],
    ['t.rare', 'rare equal t'],
    ['((t.a IS NULL) AND (t.b IS NOT NULL))', 'a null null', 'b notNull null'],
    [`(t.a = ANY ('{x,"y z"}'::text[]))`, 'a equal x|y z'],
    ['(t.a = $1)', 'a equal null'],
    ['(5 < t.a)', 'a range 5'],
    [`((t.at >= '2026-01-01'::date) AND (t.at < $2))`, 'at range 2026-01-01', 'at range null'],
    [`(t.a ~~ 'abc%'::text)`, 'a prefix abc%'],
    [`(t.a ~~ '%abc'::text)`],
    [`(t.a ~~* 'abc%'::text)`],
    [`(t.a <> 'x'::text)`],
    [`(lower(t.a) = 'x'::text)`],
    ['((t.a + 1) = 5)'],
    ['(t.a = t.b)'],
    [`((t.a = 'x'::text) OR (t.b = 5))`],
    ['(o.id = t.order_id)', 'order_id equal null'],
    ['(NOT (SubPlan 1))'],
  ])('is read: %s', (expression, ...expected) => {
    const read = conditionsOf(expression)
      .filter(({ alias }) => alias === 't')
      .map(
        ({ column, cast, kind, literals }) =>
          `${column}${cast ? `:${cast}` : ''} ${kind} ${literals?.join('|') ?? null}`,
      );
    expect(read).toEqual(expected);
  });

  it('of a join names both columns', () => {
    expect(joinConditionsOf('((a.x = b.y) AND ((a.v)::text = b.t) AND (a.n > b.n))')).toMatchObject([
      { left: { alias: 'a', column: 'x' }, right: { alias: 'b', column: 'y' } },
      { left: { alias: 'a', column: 'v', cast: 'text' }, right: { alias: 'b', column: 't' } },
    ]);
  });
});

describe('The order of a plan', () => {
  it.each([
    [['t.a'], ['a']],
    [
      ['t.a DESC', 't.b'],
      ['a desc nulls first', 'b'],
    ],
    [['t.a DESC NULLS LAST'], ['a desc']],
    [['t.a NULLS FIRST'], ['a nulls first']],
    [['t.a COLLATE "C" DESC NULLS LAST'], ['a collate "C" desc']],
    [['((t.v)::text)'], ['v']],
    [['lower(t.a)'], null],
    [['t.a', '(count(*))'], null],
    [[], null],
  ])('is read: %j', (keys, expected) => {
    const steps = sortStepsOf(keys)?.map(({ column, descending, nullsFirst, collation }) =>
      [
        column,
        collation ? `collate ${collation}` : '',
        descending ? 'desc' : '',
        nullsFirst ? 'nulls first' : '',
      ]
        .filter((part) => part !== '')
        .join(' '),
    );
    expect(steps ?? null).toEqual(expected);
  });
});

const column = (text: string): IndexColumn => {
  const [name = '', ...rest] = text.split(' ');
  const descending = rest.includes('desc');
  return {
    name: name === '()' ? null : name,
    descending,
    nullsFirst: rest.includes('last') ? false : rest.includes('first') || descending,
    operatorClass: rest.includes('pattern') ? 'text_pattern_ops' : null,
    collation: rest.includes('C') ? '"C"' : null,
  };
};

const candidate = (equal: readonly string[], rest: readonly string[] = []): Candidate => ({
  columns: [...equal, ...rest].map(column),
  equalColumns: equal.length,
  only: null,
});

const index = (columns: readonly string[], more: Partial<ExistingIndex> = {}): ExistingIndex => ({
  method: 'btree',
  isUnique: false,
  predicate: null,
  columns: columns.map(column),
  ...more,
});

describe('An index that exists', () => {
  it.each<[boolean, string, Candidate, ExistingIndex]>([
    [true, 'the same', candidate(['a']), index(['a'])],
    [true, 'longer', candidate(['a']), index(['a', 'b'])],
    [true, 'descending, for an equality', candidate(['a']), index(['a desc'])],
    [true, 'equal columns in another order', candidate(['a', 'b']), index(['b', 'a', 'c'])],
    [true, 'the same order', candidate(['a'], ['b desc']), index(['a', 'b desc'])],
    [true, 'the whole order backwards', candidate([], ['a desc', 'b last']), index(['a', 'b desc'])],
    [true, 'a unique column beside another', candidate(['a', 'b']), index(['a'], { isUnique: true })],
    [true, 'a hash', candidate(['a']), index(['a'], { method: 'hash' })],
    [false, 'shorter', candidate(['a', 'b']), index(['a'])],
    [false, 'other columns', candidate(['a']), index(['b', 'a'])],
    [false, 'an order half backwards', candidate([], ['a', 'b']), index(['a', 'b desc'])],
    [false, 'nulls at the other end', candidate([], ['a desc last']), index(['a desc'])],
    [false, 'another operator class', candidate([], ['a pattern']), index(['a'])],
    [false, 'another collation', candidate([], ['a']), index(['a C'])],
    [false, 'an expression', candidate(['a']), index(['()'])],
    [false, 'only some rows', candidate(['a']), index(['a'], { predicate: '(b > 5)' })],
    [false, 'a hash, for an order', candidate([], ['a']), index(['a'], { method: 'hash' })],
    [false, 'of another kind', candidate(['a']), index(['a'], { method: 'brin' })],
  ])('serves (%s): %s', (expected, _what, wanted, existing) => {
    expect(isServed(wanted, { indexes: [existing], quote })).toBe(expected);
  });

  it('with the same predicate serves, too', () => {
    const wanted: Candidate = { ...candidate(['a']), only: { column: 'a', is: 'not null' } };
    const rows = index(['a'], { predicate: '(a IS NOT NULL)' });
    expect(isServed(wanted, { indexes: [rows], quote })).toBe(true);
    expect(isServed(wanted, { indexes: [index(['a'])], quote })).toBe(true);
  });
});

describe('The DDL of an index', () => {
  const relation = (name: string, partitions: readonly string[] = []): Relation => ({
    oid: 1,
    schema: 'public',
    name: partitions[0] ?? name,
    kind: 'table',
    rows: 1,
    pages: 1,
    rowsWritten: 0,
    partitioned:
      partitions.length > 0
        ? { schema: 'public', name, partitions: partitions.map((each) => ({ schema: 'public', name: each })) }
        : null,
    columns: new Map(),
    indexes: [],
    quote,
  });

  it('does not block writers', () => {
    expect(ddlOf(relation('songs'), candidate(['genre'], ['plays desc last']))).toBe(
      'CREATE INDEX CONCURRENTLY ON public.songs (genre, plays DESC NULLS LAST);',
    );
  });

  it('quotes every name that needs it', () => {
    const odd = { ...column('x'), name: 'Odd "Name"' };
    expect(ddlOf(relation('order'), { columns: [odd], equalColumns: 1, only: null })).toBe(
      'CREATE INDEX CONCURRENTLY ON public."order" ("Odd ""Name""");',
    );
  });

  it('writes collation, operator class and which rows', () => {
    expect(definitionOf(candidate([], ['a C', 'b pattern']), quote)).toBe(
      '(a COLLATE "C", b text_pattern_ops)',
    );
    expect(definitionOf({ ...candidate(['a']), only: { column: 'a', is: 'not null' } }, quote)).toBe(
      '(a) WHERE a IS NOT NULL',
    );
    expect(definitionOf({ ...candidate(['a']), only: { column: 'on', is: 'false' } }, quote)).toBe(
      '(a) WHERE NOT "on"',
    );
  });

  it('goes partition by partition on a partitioned table, because there CONCURRENTLY is not allowed', () => {
    const ddl = ddlOf(relation('plays', ['plays_1', 'plays_2']), candidate(['song_id']));
    expect(ddl.split('\n')).toEqual([
      'CREATE INDEX plays_song_id_idx ON ONLY public.plays (song_id);',
      'CREATE INDEX CONCURRENTLY plays_1_song_id_idx ON public.plays_1 (song_id);',
      'ALTER INDEX public.plays_song_id_idx ATTACH PARTITION public.plays_1_song_id_idx;',
      'CREATE INDEX CONCURRENTLY plays_2_song_id_idx ON public.plays_2 (song_id);',
      'ALTER INDEX public.plays_song_id_idx ATTACH PARTITION public.plays_2_song_id_idx;',
    ]);
  });
});
