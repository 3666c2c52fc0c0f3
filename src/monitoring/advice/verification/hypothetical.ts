import { sql } from 'kysely';
import { rawQuery } from '../../../database/raw-query.js';
import { type Reader, readOne } from '../../../database/reader/reader.js';
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
export async function findHypothetical(reader: Reader): Promise<Hypothetical | null> {
  const query = sql<{ schema: string }>`
    select n.nspname::text as "schema" from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'hypopg' and has_schema_privilege(n.oid, 'usage')`;
  const found = await readOne(reader, 'advice.hypopg', rawQuery(query));
  return found ? hypotheticalIn(reader, found.schema) : null;
}

function hypotheticalIn(reader: Reader, schema: string): Hypothetical {
  const call = (name: string) => sql.id(schema, name);
  return {
    async create(relation, candidate) {
      const statement = `create index on ${qualified(relation, relation.quote)} ${definitionOf(candidate, relation.quote)}`;
      const query = sql<HypotheticalIndex>`
        select indexrelid::text as "oid", indexname as "name",
          ${call('hypopg_relation_size')}(indexrelid)::float8 as "bytes"
        from ${call('hypopg_create_index')}(${statement})`;
      const made = await readOne(reader, 'advice.try', rawQuery(query));
      if (!made) throw new Error('Expected a hypothetical index, got none.');
      return made;
    },
    async drop({ oid }) {
      await reader.read('advice.drop', rawQuery(sql`select ${call('hypopg_drop_index')}(${oid}::oid)`));
    },
    async forget() {
      await reader.read('advice.forget', rawQuery(sql`select ${call('hypopg_reset')}()`));
    },
  };
}
