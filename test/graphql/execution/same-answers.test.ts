import 'reflect-metadata';
import {
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { buildSchema } from 'type-graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyticsResolvers } from '../../../src/analytics/index.js';
import { createLoaders } from '../../../src/analytics/loaders.js';
import { AnalyticsReader } from '../../../src/analytics/withholding/analytics-reader.js';
import { enforceAccess } from '../../../src/auth/enforce-access.js';
import { publicViewer } from '../../../src/auth/viewer.js';
import { schemaFor } from '../../../src/auth/visible-schema.js';
import type { Database } from '../../../src/database/database.js';
import type { Reader } from '../../../src/database/reader/reader.js';
import { createDocumentStore } from '../../../src/graphql/documents/document-store.js';
import { askShared } from '../../../src/graphql/execution/shared-run.js';
import { createSchema } from '../../../src/schema/schema.js';
import { recordReads } from '../../../src/views/reading.js';
import { seededRandom } from '../../refresh/random.js';
import { openFresh } from '../../support/databases.js';
import { randomOperation } from './random-operations.js';

// RANDOM_OPERATIONS=10000 tries more; RANDOM_SEED=n tries the same again.
const count = Number(process.env.RANDOM_OPERATIONS ?? 800);
const seed = Number(process.env.RANDOM_SEED ?? Date.now() % 1_000_000_000);

const noLimits = { cost: Number.MAX_VALUE, page: 1_000, conditions: 1_000, patterns: 1_000, counts: 1_000 };

interface Answer {
  readonly data: unknown;
  readonly errors: readonly string[];
}

/**
 * Data and errors. Where an error leaves null further up, which of the errors below are reported beside it depends on
 * which came first, so of these only the place of the null is compared.
 */
function comparable(data: unknown, errors: readonly GraphQLError[] = []): Answer {
  const texts = errors.map(({ message, path = [], locations }) => {
    let value = data;
    for (const [index, key] of path.entries()) {
      if (value === null) return `null at ${JSON.stringify(path.slice(0, index))}`;
      value = (value as Readonly<Record<string | number, unknown>>)[key];
    }
    return JSON.stringify({ message, path, locations });
  });
  return { data, errors: [...new Set(texts)].sort() };
}

describe(`Random operations (RANDOM_SEED=${seed})`, () => {
  let database: Database;
  /** As the gateway has it, and as type-graphql makes it. */
  let ours: GraphQLSchema;
  let plain: GraphQLSchema;
  beforeAll(async () => {
    database = await openFresh('fixture');
    ours = schemaFor(await createSchema(), 'public');
    plain = schemaFor(
      enforceAccess(await buildSchema({ resolvers: [...analyticsResolvers], validate: false })),
      'public',
    );
  });
  afterAll(() => database?.close());

  const contextOf = (over: Reader) => {
    const reader = new AnalyticsReader(over, 0);
    return { viewer: publicViewer, requestId: 'random', reader, loaders: createLoaders(reader) };
  };

  it(
    `${count} of them have the same data and errors as graphql-js gives`,
    async () => {
      const random = seededRandom(seed);
      const documents = createDocumentStore({
        schema: ours,
        maxTokens: 10_000,
        maxBytes: 1e9,
        compileAfter: 0,
      });
      const seen = { answers: 0, errors: 0, misfits: 0 };
      while (seen.answers + seen.errors < count) {
        const { text, variables } = randomOperation(plain, random);
        const document = parse(text);
        const faults = validate(ours, document);
        expect(
          faults.map(({ message }) => message),
          text,
        ).toEqual([]);
        const operation = documents.findShared(text, 'Random');
        expect(operation, text).not.toBeNull();
        const question = askShared(
          operation!,
          variables,
          (signal) => {
            const reading = recordReads(database.readerFor({ signal }));
            return { context: contextOf(reading.reader), reading };
          },
          noLimits,
        );
        const expected = (await execute({
          schema: plain,
          document,
          contextValue: contextOf(database.reader),
          variableValues: variables,
        })) as ExecutionResult;
        // Variables that do not fit are for Apollo to refuse.
        if (!question) {
          expect(expected.data, text).toBeUndefined();
          seen.misfits += 1;
          continue;
        }
        const outcome = await question.run(new AbortController().signal);
        const answer =
          outcome.kind === 'answer'
            ? comparable(JSON.parse(outcome.text).data)
            : comparable(outcome.failure.data, outcome.failure.errors);
        expect(answer, `${text}\n${JSON.stringify(variables)}`).toEqual(
          comparable(JSON.parse(JSON.stringify(expected.data)), expected.errors),
        );
        seen[answer.errors.length > 0 ? 'errors' : 'answers'] += 1;
      }
      console.log(`random operations: ${JSON.stringify(seen)}`);
      expect(seen.answers).toBeGreaterThan(count / 10);
      expect(seen.errors).toBeGreaterThan(count / 20);
    },
    60_000 + count * 1_000,
  );
});
