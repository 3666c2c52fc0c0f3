import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { runAdoptedHistory } from './adopted/history.js';
import { dumpPrograms, hasDumpPrograms } from './adopted/programs.js';
import { adoptedShapes } from './adopted/shapes.js';

// HISTORY_ROUNDS=300 runs longer histories, HISTORY_SEED=n the same ones again. The rounds are shared by the four shapes.
const firstSeed = Number(process.env.HISTORY_SEED ?? Date.now() % 1_000_000_000);
const rounds = Math.ceil(Number(process.env.HISTORY_ROUNDS ?? 20) / adoptedShapes.length);

let servers: PostgresServer[] = [];
beforeAll(async () => {
  if (!hasDumpPrograms) return;
  // The second cluster is where dumps are restored, so that transaction ids come from elsewhere.
  servers = await Promise.all([startPostgres(15), startPostgres(15, [], { hasOwnIdentifier: true })]);
});
afterAll(async () => {
  for (const server of servers) await server.stop();
});

describe(`Over adopted tables, with dumps, copies and publications in between (needs ${dumpPrograms})`, () => {
  it.skipIf(!hasDumpPrograms).each(adoptedShapes)(
    'the views, verify and doctor agree with the plain definitions after every refresh: $title',
    { timeout: 600_000 + rounds * 60_000 },
    async (shape) => {
      const seed = firstSeed + adoptedShapes.indexOf(shape);
      console.log(
        `history over ${shape.title}: HISTORY_SEED=${firstSeed} HISTORY_ROUNDS=${rounds * adoptedShapes.length}`,
      );
      const outcome = await runAdoptedHistory(shape, servers, seed, rounds);
      const { comparisons, events, reasons } = outcome;
      console.log(
        JSON.stringify({ shape: shape.title, rounds: outcome.rounds, comparisons, events, reasons }),
      );
      const where = `seed ${seed}, round ${outcome.rounds}, after: ${outcome.lastEvents.join('; ')}`;
      expect(outcome.differences, where).toEqual([]);
      expect(outcome.rounds).toBe(rounds);
    },
  );
});
