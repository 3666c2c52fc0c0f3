import { sql } from 'kysely';
import type { Database } from '../../../database/database.js';
import { run, runForOne } from '../../../database/execution/query.js';
import type { Candidate } from '../candidates/candidate.js';
import { definitionOf, qualified } from '../candidates/ddl.js';
import type { Relation } from '../plan-reading/relation.js';

/** A HypoPG index, visible to this session's planner only. */
export interface HypotheticalIndex {
  readonly oid: string;
  /** Its name in plans. */
  readonly name: string;
  readonly bytes: number;
}

/** The HypoPG extension. */
export interface Hypothetical {
  create(relation: Relation, candidate: Candidate): Promise<HypotheticalIndex>;
  drop(index: HypotheticalIndex): Promise<void>;
  /** Drops all of them, because the pooled session outlives the transaction. */
  forget(): Promise<void>;
}

/** Shown when HypoPG is not available. */
export const hypotheticalNeeds =
  'The extension hypopg, which simulates indexes for the planner: install it on the server, then run CREATE EXTENSION hypopg in this database.';

/** Finds HypoPG in any schema; null when it is not installed or not permitted. */
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
      const statement = `create index on ${qualified(relation, relation.quote)} ${definitionOf(candidate, relation.quote)}`;
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
