import type { Relation } from '../plan-reading/relation.js';
import type { IndexSuggestion } from '../type.js';
import { hypotheticalNeeds } from '../verification/hypothetical.js';
import type { Verified } from '../verification/verify.js';
import type { Candidate } from './candidate.js';
import { ddlOf, qualified } from './ddl.js';
import type { Proposal } from './proposal.js';

/** Converts a proposal to its GraphQL type, with the first candidate if none was verified. */
export function describeSuggestion(proposal: Proposal, verified?: Verified): IndexSuggestion {
  const [relation] = proposal.relations;
  const candidate = verified?.candidate ?? (proposal.candidates[0] as Candidate);
  return {
    ddl: ddlOf(relation, candidate),
    table: qualified(relation.partitioned ?? relation, relation.quote),
    columns: candidate.columns.map(({ name }) => name ?? ''),
    reason: reasonOf(proposal, candidate),
    verified: verified !== undefined,
    needs: verified ? null : hypotheticalNeeds,
    costBefore: verified?.costBefore ?? null,
    costAfter: verified?.costAfter ?? null,
    estimatedBytes: Math.round(verified?.bytes ?? estimatedBytes(proposal.relations, candidate)),
    upkeep: upkeepOf(proposal.relations, candidate),
  };
}

/** The reason, with row counts and without literal values. */
function reasonOf({ need, relations }: Proposal, candidate: Candidate): string {
  const rows = relations.reduce((sum, relation) => sum + relation.rows, 0);
  const given = Math.min(need.rows, rows);
  const names = candidate.columns.map(({ name }) => name).join(', ');
  const table = qualified(relations[0].partitioned ?? relations[0], relations[0].quote);
  const sorted = candidate.columns.slice(candidate.equalColumns);
  const isSort = need.sort?.some((step) => step.column === sorted[0]?.name);
  const isJoin = need.joins.some((join) => join.column === candidate.columns[0]?.name);
  if (isSort && need.isLimited)
    return `About ${count(given)} of ${count(rows)} rows of ${table} are sorted to return the first few; an index on ${names} returns them in order.`;
  if (isSort)
    return `About ${count(given)} of ${count(rows)} rows of ${table} are filtered and sorted; an index on ${names} returns them in order.`;
  if (need.extreme)
    return `All ${count(rows)} rows of ${table} are read for one minimum or maximum; an index on ${names} has it at its end.`;
  if (isJoin)
    return `All ${count(rows)} rows of ${table} are read to join few of them; an index on ${names} looks them up.`;
  return `${count(rows)} rows of ${table} are read to find about ${count(given)}; an index on ${names} looks them up.`;
}

/** Bytes per index entry in addition to its values: tuple header, line pointer, alignment. */
const entryOverhead = 20;

function entryBytes(relation: Relation, { columns }: Candidate): number {
  return columns.reduce(
    (sum, { name }) => sum + (relation.columns.get(name ?? '')?.averageWidth ?? 8),
    entryOverhead,
  );
}

/** Fraction of rows in the index. */
function shareIn(relation: Relation, { only }: Candidate): number {
  const column = only && relation.columns.get(only.column);
  if (!column) return 1;
  return only.is === 'not null' ? 1 - column.nullFraction : (column.common.get(only.is.charAt(0)) ?? 0);
}

/** B-tree pages have a fillfactor of 90 %. */
function estimatedBytes(relations: readonly Relation[], candidate: Candidate): number {
  return relations.reduce(
    (sum, relation) =>
      sum + (relation.rows * shareIn(relation, candidate) * entryBytes(relation, candidate)) / 0.9,
    0,
  );
}

/** What the index costs on writes. */
function upkeepOf(relations: readonly Relation[], candidate: Candidate): string {
  const [relation] = relations;
  if (!relation) return '';
  const bytes = entryBytes(relation, candidate);
  const which = candidate.only ? ' that matches its predicate' : '';
  if (relation.kind === 'materialized view')
    return `Every refresh writes an entry of about ${bytes} bytes for each row${which} that it changes.`;
  const written = relations.reduce((sum, each) => sum + each.rowsWritten, 0);
  return `Every insert${which} writes an entry of about ${bytes} bytes, and so does every update of these columns; the server has counted ${count(written)} rows inserted or updated.`;
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}
