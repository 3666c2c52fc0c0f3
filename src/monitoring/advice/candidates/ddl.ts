import type { Quote } from '../plan-reading/quote.js';
import type { IndexColumn, Relation } from '../plan-reading/relation.js';
import type { Candidate, OnlyRows } from './candidate.js';

interface Place {
  readonly schema: string;
  readonly name: string;
}

export function qualified({ schema, name }: Place, quote: Quote): string {
  return `${quote(schema)}.${quote(name)}`;
}

/** `(genre, trending_score DESC NULLS LAST) WHERE genre IS NOT NULL` */
export function definitionOf({ columns, only }: Candidate, quote: Quote): string {
  const keys = columns.map((column) => columnText(column, quote)).join(', ');
  return `(${keys})${only ? ` WHERE ${predicateOf(only, quote)}` : ''}`;
}

/** As the server prints it. */
export function predicateOf({ column, is }: OnlyRows, quote: Quote): string {
  if (is === 'not null') return `${quote(column)} IS NOT NULL`;
  return is === 'true' ? quote(column) : `NOT ${quote(column)}`;
}

function columnText(
  { name, descending, nullsFirst, operatorClass, collation }: IndexColumn,
  quote: Quote,
): string {
  const nulls = nullsFirst === descending ? '' : ` NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
  return [
    quote(name ?? ''),
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
  const { partitioned, quote } = relation;
  const definition = definitionOf(candidate, quote);
  if (!partitioned) return `CREATE INDEX CONCURRENTLY ON ${qualified(relation, quote)} ${definition};`;
  const whole = { schema: partitioned.schema, name: indexName(partitioned.name, candidate) };
  const parts = partitioned.partitions.map((partition) => {
    const index = { schema: partition.schema, name: indexName(partition.name, candidate) };
    return [
      `CREATE INDEX CONCURRENTLY ${quote(index.name)} ON ${qualified(partition, quote)} ${definition};`,
      `ALTER INDEX ${qualified(whole, quote)} ATTACH PARTITION ${qualified(index, quote)};`,
    ].join('\n');
  });
  return [
    `CREATE INDEX ${quote(whole.name)} ON ONLY ${qualified(partitioned, quote)} ${definition};`,
    ...parts,
  ].join('\n');
}

const maxNameLength = 63;

/** Like PostgreSQL's default name, but a long name is truncated at the table, because the end distinguishes indexes. */
function indexName(table: string, { columns }: Candidate): string {
  const end = `_${columns.map((column) => column.name).join('_')}_idx`.slice(-40);
  return `${table.slice(0, maxNameLength - end.length)}${end}`;
}
