import type { Candidate, OnlyRows } from './candidate.js';
import type { IndexColumn, Relation } from './relation.js';

/** Reserved or not: a name in quotes is always a name. Plain ones stay as they are read most easily. */
export function quoted(identifier: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(identifier) && !reserved.has(identifier)
    ? identifier
    : `"${identifier.replaceAll('"', '""')}"`;
}

const reserved = new Set(
  'all and any as asc between case check column default desc distinct do else end for from grant group having in into is join left like limit not null offset on or order primary references right select table then to true false union unique user using when where window with'.split(
    ' ',
  ),
);

export function qualified({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${quoted(schema)}.${quoted(name)}`;
}

/** `(genre, trending_score DESC NULLS LAST) WHERE genre IS NOT NULL` */
export function definitionOf({ columns, only }: Candidate): string {
  return `(${columns.map(columnText).join(', ')})${only ? ` WHERE ${predicateOf(only)}` : ''}`;
}

export function predicateOf({ column, is }: OnlyRows): string {
  if (is === 'not null') return `${quoted(column)} IS NOT NULL`;
  return is === 'true' ? quoted(column) : `NOT ${quoted(column)}`;
}

function columnText({ name, descending, nullsFirst, operatorClass, collation }: IndexColumn): string {
  const nulls = nullsFirst === descending ? '' : ` NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
  return [
    quoted(name ?? ''),
    collation ? ` COLLATE ${collation}` : '',
    operatorClass ? ` ${operatorClass}` : '',
    descending ? ' DESC' : '',
    nulls,
  ].join('');
}

/**
 * The statement that makes the index without holding up writers. A partitioned table cannot do that as a whole, so
 * there each partition gets its own, and the one of the whole becomes valid with the last of them.
 */
export function ddlOf(relation: Relation, candidate: Candidate): string {
  const definition = definitionOf(candidate);
  if (!relation.partitioned) return `CREATE INDEX CONCURRENTLY ON ${qualified(relation)} ${definition};`;
  const { partitioned } = relation;
  const whole = { schema: partitioned.schema, name: indexName(partitioned.name, candidate) };
  const parts = partitioned.partitions.map((partition) => {
    const index = { schema: partition.schema, name: indexName(partition.name, candidate) };
    return [
      `CREATE INDEX CONCURRENTLY ${quoted(index.name)} ON ${qualified(partition)} ${definition};`,
      `ALTER INDEX ${qualified(whole)} ATTACH PARTITION ${qualified(index)};`,
    ].join('\n');
  });
  return [
    `CREATE INDEX ${quoted(whole.name)} ON ONLY ${qualified(partitioned)} ${definition};`,
    ...parts,
  ].join('\n');
}

const longestName = 63;

/** As PostgreSQL would name it; of a long name the end is kept, because that tells indexes apart. */
function indexName(table: string, { columns }: Candidate): string {
  const end = `_${columns.map((column) => column.name).join('_')}_idx`.slice(-40);
  return `${table.slice(0, longestName - end.length)}${end}`;
}
