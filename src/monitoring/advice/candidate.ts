import type { Condition } from './condition.js';
import type { ColumnReference } from './expression.js';
import type { Need } from './needs.js';
import type { Column, IndexColumn, Relation } from './relation.js';
import { selectivityOf } from './selectivity.js';

/** An index that could help. */
export interface Candidate {
  readonly columns: readonly IndexColumn[];
  /** How many of the first columns are compared for equality, so that their order does not matter. */
  readonly equalColumns: number;
  /** Which rows are in the index; null stands for all. */
  readonly only: OnlyRows | null;
}

/** Rows in which a column has a value, or in which a flag is set, or not. */
export interface OnlyRows {
  readonly column: string;
  readonly is: 'not null' | 'true' | 'false';
}

/** A table that fits into so few pages is read faster than looked up. */
const fewestPages = 64;

/** Where more of the rows fit than this, reading all of them is as good. */
const largestShare = 0.1;

/** An equality that this many rows pass does not find anything. */
const uselessShare = 0.5;

/** Wider values would make an index nearly as large as its table. */
const widestColumn = 200;

const longestEquality = 3;

/** So few rows are sorted in no time. */
const hardlySorted = 50;

/** From this share of rows without a value on, an index without them is that much smaller. */
const mostlyEmpty = 0.5;

/** Types without an order, or with one that no b-tree knows. */
const unorderedTypes = new Set(
  'json xml point line lseg box path polygon circle tsquery tsvector aclitem xid cid'.split(' '),
);

/** The indexes that could help a need, the most promising first; none where none is worth its upkeep. */
export function candidatesOf(need: Need, relation: Relation): Candidate[] {
  if (relation.rows < 0 || relation.pages < fewestPages) return [];
  const usable = need.conditions.filter((condition) => isIndexable(condition, relation));
  const isSelective = need.rows <= relation.rows * largestShare;
  const readsTooMuch = need.isWholeScan || need.hasFilter;
  const equal = equalitiesOf(usable, relation);
  const sort = sortColumnsOf(need, relation, equal);
  const lists: (readonly IndexColumn[])[] = [];

  if (readsTooMuch && isSelective && need.rows <= hardlySorted) lists.push(equal);
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
    .map(withoutRepetition)
    .filter((columns) => columns.length > 0)
    .flatMap((columns) => {
      const only = onlyRowsFor(columns[0], usable, relation);
      const whole = candidateOf(columns, equal, null);
      // HypoPG does not see that a partial index fits a table that is joined, so the whole one is tried as well.
      return only ? [candidateOf(columns, equal, only), whole] : [whole];
    });
  return candidates.filter((candidate, at) => candidates.findIndex((each) => isSame(each, candidate)) === at);
}

/** A flag that is the same in all rows of the index need not stand in it, unless nothing else does. */
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
  if (!known || unorderedTypes.has(known.type) || known.averageWidth > widestColumn) return false;
  // A varchar is read as text by the very same bytes; any other cast computes something.
  return cast === null || (cast === 'text' && known.type === 'varchar');
}

/** The columns that are compared for equality and leave few rows, the one that leaves the fewest first. */
function equalitiesOf(conditions: readonly Condition[], relation: Relation): IndexColumn[] {
  return conditions
    .filter(({ kind }) => kind === 'equal' || kind === 'null')
    .map((condition) => ({
      column: condition.column,
      share: selectivityOf(condition, relation.columns.get(condition.column) as Column),
    }))
    .filter(({ share }) => share <= uselessShare)
    .sort((a, b) => a.share - b.share)
    .slice(0, longestEquality)
    .map(({ column }) => plainColumn(column));
}

/** The columns of the order; those that are compared for equality are the same in all rows. */
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

/** Where most rows cannot fit, because they have no value or the wrong one of two, the index leaves them out. */
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
  return isFilled && column.nullFraction >= mostlyEmpty ? { column: column.name, is: 'not null' } : null;
}

function plainColumn(name: string): IndexColumn {
  return { name, descending: false, nullsFirst: false, operatorClass: null, collation: null };
}

/** Byte by byte, as LIKE compares, whatever the collation of the column is. */
function prefixColumn(name: string): IndexColumn {
  return { ...plainColumn(name), operatorClass: 'text_pattern_ops' };
}

function withoutRepetition(columns: readonly IndexColumn[]): IndexColumn[] {
  return columns.filter((column, at) => columns.findIndex((each) => each.name === column.name) === at);
}

function isSame(one: Candidate, other: Candidate): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
