import type { CompiledQuery } from 'kysely';
import { namedText } from './named-text.js';

/** One statement on its way to the database. */
export interface Statement {
  /** The name that its query runs under. */
  readonly name: string;
  /** The relation that it reads first. */
  readonly relation: string;
  /** The SQL, with the name in it. */
  readonly text: string;
  readonly values: unknown[];
}

export function statementOf(name: string, { sql, parameters }: CompiledQuery): Statement {
  return {
    name,
    relation: relationOf(name, sql),
    text: namedText(sql, name),
    values: parameters as unknown[],
  };
}

const maxRelations = 500;
const relations = new Map<string, string>();

/** Statements of one name read the same relation first. */
function relationOf(name: string, sql: string): string {
  const known = relations.get(name);
  if (known !== undefined) return known;
  const relation = /\bfrom "(\w+)"/i.exec(sql)?.[1] ?? name;
  if (relations.size < maxRelations) relations.set(name, relation);
  return relation;
}
