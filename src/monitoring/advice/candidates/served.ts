import type { Quote } from '../plan-reading/quote.js';
import type { ExistingIndex, IndexColumn, Relation } from '../plan-reading/relation.js';
import type { Candidate } from './candidate.js';
import { predicateOf } from './ddl.js';

/**
 * Whether an existing index serves the candidate: it starts with the same columns in the same order, or in exactly the
 * reverse order, because b-trees can be scanned backwards.
 */
export function isServed(
  candidate: Candidate,
  { indexes, quote }: Pick<Relation, 'indexes' | 'quote'>,
): boolean {
  return indexes.some((index) => serves(index, candidate, quote));
}

function serves(index: ExistingIndex, { columns, equalColumns, only }: Candidate, quote: Quote): boolean {
  if (index.predicate !== null && !(only && withoutOuter(index.predicate) === predicateOf(only, quote)))
    return false;
  const equal = new Set(columns.slice(0, equalColumns).map((column) => column.name));
  const isUniqueLookUp = index.isUnique && index.columns.every(({ name }) => equal.has(name));
  if (isUniqueLookUp) return true;
  if (index.method === 'hash') return columns.length === 1 && equal.has(index.columns[0]?.name ?? null);
  if (index.method !== 'btree' || index.columns.length < columns.length) return false;
  const leading = index.columns.slice(0, columns.length);
  if (!leading.slice(0, equalColumns).every((column) => equal.has(column.name) && !column.collation))
    return false;
  const rest = columns.slice(equalColumns);
  const own = leading.slice(equalColumns);
  return (
    rest.every((column, at) => isLike(column, own[at], false)) ||
    rest.every((column, at) => isLike(column, own[at], true))
  );
}

function isLike(wanted: IndexColumn, own: IndexColumn | undefined, backwards: boolean): boolean {
  return (
    own !== undefined &&
    own.name === wanted.name &&
    own.operatorClass === wanted.operatorClass &&
    own.collation === wanted.collation &&
    own.descending === (wanted.descending !== backwards) &&
    own.nullsFirst === (wanted.nullsFirst !== backwards)
  );
}

function withoutOuter(predicate: string): string {
  return predicate.replace(/^\((.*)\)$/s, '$1');
}
