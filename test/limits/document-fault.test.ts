import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/config/limits.js';
import { documentFault } from '../../src/limits/documents/document-fault.js';
import { createDocumentGuard } from '../../src/limits/documents/document-guard.js';

const limits = { depth: 4, aliases: 3, directives: 3, rootFields: 3, fragments: 2 };
const fault = (text: string) => documentFault(parse(text), limits);
const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');

describe('A document is refused that has', () => {
  it.each([
    ['too many levels', '{ a { b { c { d { e } } } } }', /at most 4 levels of fields, got 5/],
    [
      'too many levels through fragments',
      '{ a { ...F } } fragment F on A { b { c { ... { d { e } } } } }',
      /levels of fields, got 5/,
    ],
    ['too many aliases', '{ x: a { y: b { z: c { w: d } } } }', /at most 3 aliases, got 4/],
    ['too many aliases of type names', `{ ${times(4, (n) => `t${n}: __typename`)} }`, /aliases, got 4/],
    [
      'too many aliases in a fragment',
      `{ ...F } fragment F on A { ${times(4, (n) => `t${n}: a`)} }`,
      /aliases, got 4/,
    ],
    [
      'too many aliases in an operation that is not asked for',
      `query A { a } query B { b { ${times(4, (n) => `t${n}: a`)} } }`,
      /aliases, got 4/,
    ],
    ['too many directives', '{ a @x b @x c @x { d @x } }', /at most 3 directives, got 4/],
    ['too many directives on variables', 'query ($a: Int @x, $b: Int @x) @x { a @x }', /directives, got 4/],
    ['too many fields at its root', '{ a b c d }', /at most 3 fields at the root, got 4/],
    [
      'too many fields at its root through fragments',
      '{ a ...F ... { ...F } } fragment F on Q { b c }',
      /root, got 5/,
    ],
    [
      'too many fragments',
      '{ a } fragment A on A { a } fragment B on A { a } fragment C on A { a }',
      /at most 2 fragments, got 3/,
    ],
    [
      'one field too often',
      `{ a { ${times(31, () => 'b')} } }`,
      /at most 30 repetitions of one field, got more/,
    ],
    [
      'one field too often behind nameless fragments',
      `{ a { ${times(31, () => '... { b }')} } }`,
      /at most 30 repetitions of one field, got more/,
    ],
    [
      'one field too often below repeated lists',
      `{ ${times(2, () => `a { ${times(16, () => 'b { c }')} }`)} }`,
      /repetitions of one field/,
    ],
    [
      'one field too often through fragments',
      `{ a { ${times(16, () => 'b')} ...F } } fragment F on A { ${times(16, () => 'b')} }`,
      /repetitions of one field/,
    ],
    [
      'inline fragments too deep within each other',
      `{ a { ${times(11, () => '... {')} b ${times(11, () => '}')} } }`,
      /at most 10 inline fragments directly within each other/,
    ],
    [
      'too much of everything repeated',
      `{ a { ${times(20, () => 'b c d e f g h i j k l m n o p q r s t u')} } }`,
      /at most 3000 comparisons/,
    ],
    [
      'too many different fields under one name',
      `{ a { ${times(14, (n) => `b(n: ${n})`)} ${times(2, () => '... on B { b }')} } }`,
      /at most 100 repetitions of one name with different fields, arguments or types/,
    ],
    ['too many operations', times(21, (n) => `query Q${n} { a }`), /at most 20 operations, got 21/],
    [
      'an alias that is too long',
      `{ ${'x'.repeat(101)}: a }`,
      /at most 100 characters in one alias, got 101/,
    ],
    [
      'too many levels of introspection',
      `{ __schema { types { ${'ofType { '.repeat(20)} name ${'}'.repeat(20)} } } }`,
      /levels of introspection/,
    ],
  ])('%s', (_what, text, expected) => {
    expect(fault(text)).toMatch(expected);
  });

  it('too many fields, because its fragments are used often', () => {
    const text = `{ z { a { ...F } b { ...F } } } fragment F on A { ${times(10, (n) => `c${n} { ...G }`)} }
      fragment G on A { ${times(10, (n) => `d${n} { ${times(60, (m) => `e${m}`)} }`)} }`;
    expect(documentFault(parse(text), defaultLimits.public)).toMatch(
      /at most 10000 fields, those of fragments wherever they are used/,
    );
  });

  it('too many directives at one place', () => {
    expect(documentFault(parse(`{ a ${'@x '.repeat(5)} }`), defaultLimits.public)).toMatch(
      /directives at one place, got 5/,
    );
  });

  it('fragments that double at every step, or lead back to themselves, without taking for ever', () => {
    const doubling = times(38, (n) => `fragment F${n} on Q { ...F${n + 1} ... { ...F${n + 1} } }`);
    expect(
      documentFault(parse(`{ ...F0 } ${doubling} fragment F38 on Q { a }`), defaultLimits.public),
    ).toMatch(/fields at the root/);
    expect(fault('{ ...A } fragment A on Q { a { ...B } } fragment B on Q { a { ...A } }')).toBeNull();
  });
});

describe('A document passes', () => {
  it('that repeats fields as tiles do which bring fragments of their own', () => {
    const tiles = times(12, (n) => `...Tile${n}`);
    const fragments = times(
      12,
      (n) => `fragment Tile${n} on Song { songId title artist { artistName id${n} } }`,
    );
    const text = `{ songs { nodes { songId title ${tiles} } } } ${fragments}`;
    expect(documentFault(parse(text), defaultLimits.public)).toBeNull();
  });

  it('that is just within its limits', () => {
    expect(fault('{ x: a @x { y: b @x { z: c @x { d } } } b c }')).toBeNull();
  });

  it('by which tools ask for the whole schema', () => {
    const text = getIntrospectionQuery({ oneOf: true, inputValueDeprecation: true, specifiedByUrl: true });
    expect(documentFault(parse(text), defaultLimits.public)).toBeNull();
  });
});

describe('The guard', () => {
  const guard = createDocumentGuard({ limits: defaultLimits });

  it('counts tokens before it builds anything, and says how many there may be', () => {
    const text = `{ ${'a '.repeat(4_001)} }`;
    expect(guard.check(text, 'public')).toMatchObject({
      code: 'COST_LIMIT_EXCEEDED',
      message: 'The document: expected at most 2000 tokens, got more.',
    });
    expect(guard.check(`{ ${'a '.repeat(10)} }`, 'public')).toBeNull();
  });

  it('judges by who asks', () => {
    const text = `{ ${times(61, (n) => `t${n}: __typename`)} }`;
    expect(guard.check(text, 'public')?.code).toBe('COST_LIMIT_EXCEEDED');
    expect(guard.check(text, 'listener')?.code).toBe('COST_LIMIT_EXCEEDED');
    expect(guard.check(text, 'operator')).toBeNull();
  });

  it.each([500, 1_900, 4_900])('survives documents of %d levels', (levels) => {
    const text = `${'{ a '.repeat(levels)} ${'}'.repeat(levels)}`;
    for (const tier of ['public', 'operator'] as const)
      expect(guard.check(text, tier)).toMatchObject({
        code: 'COST_LIMIT_EXCEEDED',
        message: expect.stringMatching(/levels of fields|tokens/),
      });
  });

  it('leaves documents that cannot be parsed to the parser', () => {
    expect(guard.check('{', 'public')).toBeNull();
  });
});
