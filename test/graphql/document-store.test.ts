import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/config/limits.js';
import { createDocumentStore } from '../../src/graphql/documents/document-store.js';
import { createDocumentGuard, type DocumentGuard } from '../../src/limits/documents/document-guard.js';

const schema = buildSchema('type Query { a: Int, b(first: Int): Int }');
for (const field of Object.values(schema.getQueryType()?.getFields() ?? {}))
  field.extensions = { access: 'public' };
const storeOf = (guard?: DocumentGuard, maxBytes = 10_000_000) =>
  createDocumentStore({ schema, maxTokens: 100, maxBytes, guard });

/** A guard that counts how often it looks at a text. */
function counting(): { readonly guard: DocumentGuard; readonly looks: string[] } {
  const real = createDocumentGuard({ limits: defaultLimits });
  const looks: string[] = [];
  return {
    looks,
    guard: {
      check(text, tier) {
        looks.push(`${tier} ${text}`);
        return real.check(text, tier);
      },
      checkParsed(text, document, tier) {
        looks.push(`${tier} ${text}`);
        return real.checkParsed(text, document, tier);
      },
    },
  };
}

describe('The document store', () => {
  it('checks a text once for each tier, whichever way it comes', () => {
    const { guard, looks } = counting();
    const store = storeOf(guard);
    for (let n = 0; n < 3; n++) {
      expect(store.findShared('{ nothing }', null)).toBeNull();
      expect(store.check('{ nothing }', 'public')).toBeNull();
      expect(store.check('{ nothing }', 'operator')).toBeNull();
      expect(store.check('{', 'public')).toBeNull();
    }
    expect(looks).toEqual(['public { nothing }', 'operator { nothing }', 'public {']);
  });

  it('shares no operation that the guard refuses to the public', () => {
    const text = `{ ${Array.from({ length: 31 }, () => 'a').join(' ')} }`;
    expect(storeOf().findShared(text, null)).not.toBeNull();
    const store = storeOf(createDocumentGuard({ limits: defaultLimits }));
    expect(store.findShared(text, null)).toBeNull();
    expect(store.check(text, 'public')?.message).toMatch(/repetitions of one field/);
  });

  it('finds operations by their names, the only one also without, and nothing by other names', () => {
    const store = storeOf();
    const text = 'query A { a } query B { b }';
    expect([null, 'A', 'B', 'C', ''].map((name) => store.findShared(text, name)?.name)).toEqual([
      undefined,
      'A',
      'B',
      undefined,
      undefined,
    ]);
    expect(store.findShared('query A { a }', null)?.name).toBe('A');
    expect(store.findShared('{ a }', 'A')).toBeNull();
    expect(store.findShared(text, 'A')).toBe(store.findShared(text, 'A'));
  });

  it('evicts documents with their operations once it is full, and opens them again', () => {
    const store = storeOf(undefined, 40_000);
    const first = store.findShared('{ a }', null);
    expect(store.findShared('{ a }', null)).toBe(first);
    for (let n = 0; n < 20; n++) store.findShared(`{ a x${n}: a }`, null);
    const again = store.findShared('{ a }', null);
    expect(again).not.toBe(first);
    expect(first?.reopen()).toBe(again);
  });

  it('keeps the documents that Apollo found valid under its keys for as long as their texts', async () => {
    const store = storeOf(undefined, 40_000);
    const document = parse('{ b(first: 1) }');
    await store.validated.set('schema:1', document);
    await store.validated.set('other schema:1', parse('{ b(first: 1) }'));
    expect(await store.validated.get('schema:1')).toBe(document);
    expect(await store.validated.get('other schema:1')).toBe(document);
    expect(await store.validated.get('schema:2')).toBeUndefined();
    for (let n = 0; n < 20; n++) await store.validated.set(`schema:x${n}`, parse(`{ a x${n}: a }`));
    expect(await store.validated.get('schema:1')).toBeUndefined();
    expect(await store.validated.get('schema:x19')).toBeDefined();
  });

  it('keeps one key of Apollo for a document that many requests brought at once', async () => {
    const store = storeOf(undefined, 20_000);
    const text = '{ b(first: 2) }';
    for (let n = 0; n < 1_000; n++) await store.validated.set('schema:2', parse(text));
    expect(await store.validated.get('schema:2')).toBeDefined();
  });

  it('forgets the keys of a document that outgrows the store', async () => {
    const store = storeOf(undefined, 20_000);
    await store.validated.set('schema:3', parse('{ b(first: 3) }'));
    for (let n = 0; n < 200; n++)
      await store.validated.set(`${'schema'.repeat(10)}:${n}`, parse('{ b(first: 3) }'));
    expect(await store.validated.get('schema:3')).toBeUndefined();
  });

  it('compiles an operation for each value of the variables that decide its fields, and for no others', async () => {
    const store = storeOf();
    const text =
      'query A($x: Boolean!) { one: __typename @include(if: $x) two: __typename } query B($x: Int!) { b(first: $x) }';
    const [a, b] = ['A', 'B'].map((name) => store.findShared(text, name));
    // Its own tree and one compiled form, against two compiled forms.
    expect(b!.retainedBytes / 2).toBe(a!.retainedBytes / 3);
    for (let n = 0; n < 10; n++) {
      const variables = { x: n % 2 === 0 };
      const { data } = (await a?.write({}, { given: variables, coerced: variables })) ?? {};
      expect(JSON.parse(data ?? '')).toEqual(n % 2 === 0 ? { one: 'Query', two: 'Query' } : { two: 'Query' });
    }
  });
});
