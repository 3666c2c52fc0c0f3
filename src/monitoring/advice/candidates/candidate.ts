import type { Condition } from '../plan-reading/condition.js';
import type { ColumnReference } from '../plan-reading/expression.js';
import type { Need } from '../plan-reading/needs.js';
import type { Column, IndexColumn, Relation } from '../plan-reading/relation.js';
import { selectivityOf } from '../plan-reading/selectivity.js';

/** A possible index. */
export interface Candidate {
  readonly columns: readonly IndexColumn[];
  /** Number of leading columns compared for equality, whose order does not matter. */
  readonly equalColumns: number;
  /** Predicate of a partial index; null for all rows. */
  readonly only: OnlyRows | null;
}

/** Predicate of a partial index: a column is not null, or a boolean column is true or false. */
export interface OnlyRows {
  readonly column: string;
  readonly is: 'not null' | 'true' | 'false';
}

/** Tables with fewer pages are scanned faster than looked up. */
const minPages = 64;

/** If a larger fraction of rows matches, a sequential scan is as good. */
const maxSelectivity = 0.1;

/** An equality condition that matches a larger fraction of rows is not selective. */
const maxEqualitySelectivity = 0.5;

/** Wider columns, in bytes, would make the index nearly as large as the table. */
const maxColumnWidth = 200;

const maxEqualityColumns = 3;

/** Sorting up to this many rows costs nothing worth an index. */
const cheapSortRows = 50;

/** From this fraction of nulls, a partial index without them is worthwhile. */
const minNullFraction = 0.5;

/** Types without a default b-tree operator class. */
const unorderedTypes = new Set(
  'json xml point line lseg box path polygon circle tsquery tsvector aclitem xid cid'.split(' '),
);

/** Possible indexes for a need, most promising first. */
export function candidatesOf(need: Need, relation: Relation): Candidate[] {
  if (relation.rows < 0 || relation.pages < minPages) return [];
  const usable = need.conditions.filter((condition) => isIndexable(condition, relation));
  const isSelective = need.rows <= relation.rows * maxSelectivity;
  const readsTooMuch = need.isWholeScan || need.hasFilter;
  const equal = equalitiesOf(usable, relation);
  const sort = sortColumnsOf(need, relation, equal);
  const lists: (readonly IndexColumn[])[] = [];

  if (readsTooMuch && isSelective && need.rows <= cheapSortRows) lists.push(equal);
  if (sort.length > 0 && (need.isLimited || equal.length > 0)) {
    lists.push([...equal, ...sort]);
    if (sort.length > 1) lists.push([...equal, ...sort.slice(0, 1)]);
    if (need.isLimited) lists.push(sort);
  }
  if (need.extreme && isIndexable(need.extreme, relation))
    lists.push([...equal, plainColumn(need.extreme.column)]);
  if (readsTooMuch && isSelective) {
    for (const kind of ['range', 'prefix', 'notNull'] as const)
      for (const { column } of usable.filter((condition) => condition.kind === kind))
        lists.push([...equal, kind === 'prefix' ? prefixColumn(column) : plainColumn(column)]);
    lists.push(equal, ...equal.map((column) => [column]));
  }
  if (readsTooMuch)
    for (const { column } of need.joins.filter((join) => isIndexable(join, relation)))
      lists.push([plainColumn(column), ...equal], [...equal, plainColumn(column)], [plainColumn(column)]);

  const candidates = lists
    .map(withoutRepeatedColumns)
    .filter((columns) => columns.length > 0)
    .flatMap((columns) => {
      const only = onlyRowsFor(columns[0], usable, relation);
      const whole = candidateOf(columns, equal, null);
      // HypoPG does not use a partial index on a joined table, so the full index is tried as well.
      return only ? [candidateOf(columns, equal, only), whole] : [whole];
    });
  return candidates.filter((candidate, at) => candidates.findIndex((each) => isSame(each, candidate)) === at);
}

/** A boolean column that is constant in a partial index is left out, unless it is the only column. */
function candidateOf(
  columns: readonly IndexColumn[],
  equal: readonly IndexColumn[],
  only: OnlyRows | null,
): Candidate {
  const isFlag = only !== null && only.is !== 'not null' && columns.length > 1;
  const own = isFlag ? columns.slice(1) : columns;
  return { columns: own, equalColumns: own.filter((column) => equal.includes(column)).length, only };
}

function isIndexable({ column, cast }: ColumnReference, relation: Relation): boolean {
  const known = relation.columns.get(column);
  if (!known || unorderedTypes.has(known.type) || known.averageWidth > maxColumnWidth) return false;
  // varchar to text is binary-compatible; any other cast is an expression.
  return cast === null || (cast === 'text' && known.type === 'varchar');
}

/** Selective columns compared for equality, most selective first. */
function equalitiesOf(conditions: readonly Condition[], relation: Relation): IndexColumn[] {
  return conditions
    .filter(({ kind }) => kind === 'equal' || kind === 'null')
    .map((condition) => ({
      column: condition.column,
      share: selectivityOf(condition, relation.columns.get(condition.column) as Column),
    }))
    .filter(({ share }) => share <= maxEqualitySelectivity)
    .sort((a, b) => a.share - b.share)
    .slice(0, maxEqualityColumns)
    .map(({ column }) => plainColumn(column));
}

/** Sort columns, without those compared for equality, which are constant. */
function sortColumnsOf(need: Need, relation: Relation, equal: readonly IndexColumn[]): IndexColumn[] {
  const { sort } = need;
  if (!sort?.every((step) => isIndexable(step, relation))) return [];
  return sort
    .filter((step) => !equal.some((column) => column.name === step.column))
    .map(({ column, descending, nullsFirst, collation }) => ({
      ...plainColumn(column),
      descending,
      nullsFirst,
      collation,
    }));
}

/** The predicate of a partial index, where most rows cannot match. */
function onlyRowsFor(
  first: IndexColumn | undefined,
  conditions: readonly Condition[],
  relation: Relation,
): OnlyRows | null {
  const column = relation.columns.get(first?.name ?? '');
  const own = conditions.filter((condition) => condition.column === column?.name);
  if (!column || own.length === 0) return null;
  const [literal] = own[0]?.literals ?? [];
  if (column.type === 'bool' && literal !== undefined)
    return { column: column.name, is: literal === 't' ? 'true' : 'false' };
  const isFilled = own.every((condition) => condition.kind !== 'null');
  return isFilled && column.nullFraction >= minNullFraction ? { column: column.name, is: 'not null' } : null;
}

function plainColumn(name: string): IndexColumn {
  return { name, descending: false, nullsFirst: false, operatorClass: null, collation: null };
}

/** text_pattern_ops, which LIKE prefixes can use in any collation. */
function prefixColumn(name: string): IndexColumn {
  return { ...plainColumn(name), operatorClass: 'text_pattern_ops' };
}

function withoutRepeatedColumns(columns: readonly IndexColumn[]): IndexColumn[] {
  return columns.filter((column, at) => columns.findIndex((each) => each.name === column.name) === at);
}

function isSame(one: Candidate, other: Candidate): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
