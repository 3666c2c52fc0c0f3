import { sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { run, runForOne } from '../../database/query.js';
import type { Candidate } from './candidate.js';
import { definitionOf, qualified } from './ddl.js';
import type { Relation } from './relation.js';

/** An index that exists for the planner of this session alone. */
export interface HypotheticalIndex {
  readonly oid: string;
  /** As plans name it. */
  readonly name: string;
  readonly bytes: number;
}

/** The extension HypoPG, where it is installed. */
export interface Hypothetical {
  create(relation: Relation, candidate: Candidate): Promise<HypotheticalIndex>;
  drop(index: HypotheticalIndex): Promise<void>;
  /** Forgets all of them. The session outlives the transaction and is lent to others. */
  forget(): Promise<void>;
}

/** Says what is missing where indexes cannot be tried out. */
export const hypotheticalNeeds =
  'The extension hypopg, with which the planner is asked what it would do with an index: install it on the server, then create it in this database.';

/** Finds HypoPG in whichever schema it is; null where it is not installed, or may not be used. */
export async function findHypothetical(database: Database): Promise<Hypothetical | null> {
  const query = sql<{ schema: string }>`
    select n.nspname::text as "schema" from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'hypopg' and has_schema_privilege(n.oid, 'usage')`;
  const found = await runForOne(database, 'advice.hypopg', {
    compile: () => query.compile(database.kysely),
  });
  return found ? hypotheticalIn(database, found.schema) : null;
}

function hypotheticalIn(database: Database, schema: string): Hypothetical {
  const call = (name: string) => sql.id(schema, name);
  return {
    async create(relation, candidate) {
      const statement = `create index on ${qualified(relation)} ${definitionOf(candidate)}`;
      const query = sql<HypotheticalIndex>`
        select indexrelid::text as "oid", indexname as "name",
          ${call('hypopg_relation_size')}(indexrelid)::float8 as "bytes"
        from ${call('hypopg_create_index')}(${statement})`;
      const made = await runForOne(database, 'advice.try', { compile: () => query.compile(database.kysely) });
      if (!made) throw new Error('Expected a hypothetical index, got none.');
      return made;
    },
    async drop({ oid }) {
      await run(database, 'advice.drop', {
        compile: () => sql`select ${call('hypopg_drop_index')}(${oid}::oid)`.compile(database.kysely),
      });
    },
    async forget() {
      await run(database, 'advice.forget', {
        compile: () => sql`select ${call('hypopg_reset')}()`.compile(database.kysely),
      });
    },
  };
}
