import fc from 'fast-check';
import { buildSchema, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composedKey } from '../src/composed-key.js';
import { defaultLimits, tiers } from '../src/config/limits.js';
import { createDocumentStore } from '../src/graphql/documents/document-store.js';
import { askShared } from '../src/graphql/execution/shared-run.js';
import { costOf } from '../src/limits/cost/cost.js';
import { knownCosts } from '../src/limits/cost/known-costs.js';
import { createDocumentGuard } from '../src/limits/documents/document-guard.js';

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = { seed, numRuns: 3_000 };

/** Texts that hold what keys are put together with, so that two lists of them often are one text when joined. */
const text = fc.stringMatching(/^[a1 :;,\n"[\]{}]{0,4}$/);
const part = fc.oneof(text, fc.constantFrom(null, undefined, true, false, 0, 1, 11, 'null', 'true', '1;'));

describe(`Keys that are composed of several parts (seed ${seed})`, () => {
  it('are equal only where all parts are', () => {
    const parts = fc.array(part, { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same = one.length === other.length && one.every((each, at) => Object.is(each, other[at]));
        expect(composedKey(...one) === composedKey(...other)).toBe(same);
      }),
      runs,
    );
  });

  it('tell operations apart by name and text, and never give one the result of another', () => {
    const schema = buildSchema(
      'directive @access(rule: String) on FIELD_DEFINITION\ntype Query { a: Int, b(first: Int): Int }',
    );
    const store = () => createDocumentStore({ schema, maxTokens: 100, maxBytes: 10_000_000 });
    const shared = store();
    const keys = new Map<string, string>();
    const name = fc.oneof(fc.constant(null), fc.stringMatching(/^(A|B|A\nquery A|\nquery|\n)$/));
    const document = fc
      .array(fc.constantFrom('query A', 'query B', '{__typename}', '\n', '{a}'), { maxLength: 5 })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(document, name, (query, operationName) => {
        const found = shared.findShared(query, operationName);
        expect(found === null).toBe(store().findShared(query, operationName) === null);
        if (!found) return;
        expect(found.name).toBe(getOperationAST(parse(query), operationName)?.name?.value ?? null);
        const asked = JSON.stringify([operationName, query]);
        expect(keys.get(found.key) ?? asked).toBe(asked);
        keys.set(found.key, asked);
      }),
      runs,
    );
  });

  it('tell questions apart by their variables and operation', () => {
    const keys = new Map<string, string>();
    fc.assert(
      fc.property(
        text,
        fc.dictionary(text, fc.oneof(text, fc.array(text)), { maxKeys: 2 }),
        (key, coerced) => {
          const operation = {
            key,
            name: null,
            retainedBytes: 0,
            declared: () => ({}),
            coerce: () => coerced,
            reopen: () => operation,
            costOf: () => ({ requested: 1, conditions: 0, patterns: 0, counts: 0, longest: null }),
            write: () => ({ data: '{}', errors: [] }),
          };
          const question = askShared(operation, {}, () => ({}) as never, defaultLimits.public);
          const asked = JSON.stringify([key, coerced]);
          expect(keys.get(question?.key ?? '') ?? asked).toBe(asked);
          keys.set(question?.key ?? '', asked);
        },
      ),
      runs,
    );
  });

  it('tell verdicts on documents apart by tier and text', () => {
    const limits = {
      public: { ...defaultLimits.public, aliases: 1 },
      listener: { ...defaultLimits.listener, aliases: 2 },
      operator: { ...defaultLimits.operator, aliases: 3 },
    };
    const schema = buildSchema('type Query { a: Int }');
    const guard = createDocumentGuard({ limits });
    const store = createDocumentStore({ schema, maxTokens: 100, maxBytes: 10_000_000, guard });
    const words = fc.array(fc.constantFrom('{', '}', 'x:a ', 'public ', 'operator ', 'listener ', ' '));
    fc.assert(
      fc.property(fc.constantFrom(...tiers), words, (tier, pieces) => {
        const query = pieces.join('');
        const alone = createDocumentGuard({ limits }).check(query, tier);
        expect(store.check(query, tier)?.message).toBe(alone?.message);
      }),
      runs,
    );
  });

  it('tell costs apart by the variables that decide about them', () => {
    const schema = buildSchema('type Query { rows(first: Int, limit: Int): [Row!]! } type Row { a: Int }');
    const document = parse(
      'query ($x: Int, $y: Int, $z: Boolean!) { rows(first: $x, limit: $y) { a b: a @skip(if: $z) } }',
    );
    const operation = document.definitions[0] as OperationDefinitionNode;
    const known = knownCosts(schema, document, operation);
    const size = fc.option(fc.constantFrom(1, 2, 11, 12, 112, -1), { nil: undefined });
    fc.assert(
      fc.property(size, size, fc.boolean(), (x, y, z) => {
        const variables = { x, y, z };
        expect(known(variables)).toEqual(costOf(schema, document, operation, variables));
      }),
      runs,
    );
  });
});
