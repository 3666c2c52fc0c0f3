import type { IndexColumn, Relation } from '../plan-reading/relation.js';
import type { Candidate, OnlyRows } from './candidate.js';

/** Quotes an identifier where necessary. */
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
 * CREATE INDEX CONCURRENTLY. It is not supported on partitioned tables, so there the index is created ON ONLY the
 * parent and attached per partition; it becomes valid with the last one.
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

const maxNameLength = 63;

/** Like PostgreSQL's default name, but a long name is truncated at the table, because the end distinguishes indexes. */
function indexName(table: string, { columns }: Candidate): string {
  const end = `_${columns.map((column) => column.name).join('_')}_idx`.slice(-40);
  return `${table.slice(0, maxNameLength - end.length)}${end}`;
}
