import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { DB } from './generated.js';

/** `DummyDriver` would give no rows instead of failing. */
class RefusingDriver extends DummyDriver {
  override async acquireConnection(): Promise<never> {
    throw new Error('Expected a query that is given to a Reader, got a query without a name.');
  }
}

/** Builds and compiles queries for every database. It runs none: that takes a Reader, and a name. */
export const queryBuilder = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new RefusingDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
