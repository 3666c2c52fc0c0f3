import { aliasesIn, type ColumnReference, columnPattern, conjunctsOf, referenceOf } from './expression.js';

/** What a condition asks of a column; an index on it can find the rows for each of these. */
export type ConditionKind = 'equal' | 'range' | 'prefix' | 'null' | 'notNull';

export interface Condition extends ColumnReference {
  readonly kind: ConditionKind;
  /** The values it is compared with, where the plan shows them. They leave this room in no way but as a number of rows. */
  readonly literals: readonly string[] | null;
}

/** Two columns of two tables that have to be equal. */
export interface JoinCondition {
  readonly left: ColumnReference;
  readonly right: ColumnReference;
}

const alone = new RegExp(`^(NOT )?${columnPattern}$`);
const nullness = new RegExp(`^${columnPattern} IS (NOT )?NULL$`);
const comparison = new RegExp(`^${columnPattern} (=|<|>|<=|>=|~~) (.+)$`, 's');
const flipped = new RegExp(`^(.+) (=|<|>|<=|>=) ${columnPattern}$`, 's');
const join = new RegExp(`^${columnPattern} = ${columnPattern}$`);

/** The conditions of an expression that an index could answer; the others are left out. */
export function conditionsOf(expression: string | undefined): Condition[] {
  if (!expression) return [];
  return conjunctsOf(expression).flatMap(conditionsIn);
}

/** The pairs of columns that a join compares. */
export function joinConditionsOf(expression: string | undefined): JoinCondition[] {
  if (!expression) return [];
  return conjunctsOf(expression).flatMap((conjunct) => {
    const match = join.exec(conjunct);
    if (!match) return [];
    return [
      { left: referenceOf(match[1], match[2], match[3]), right: referenceOf(match[4], match[5], match[6]) },
    ];
  });
}

/** Of two columns that are compared with each other either one may be looked up. */
function conditionsIn(conjunct: string): Condition[] {
  const boolean = alone.exec(conjunct);
  if (boolean) {
    const [, not, alias, column, cast] = boolean;
    return [{ ...referenceOf(alias, column, cast), kind: 'equal', literals: [not ? 'f' : 't'] }];
  }
  const isNull = nullness.exec(conjunct);
  if (isNull) {
    const [, alias, column, cast, not] = isNull;
    return [{ ...referenceOf(alias, column, cast), kind: not ? 'notNull' : 'null', literals: null }];
  }
  const found: (Condition | null)[] = [];
  const compared = comparison.exec(conjunct);
  if (compared) {
    const [, alias, column, cast, operator = '', value = ''] = compared;
    found.push(comparedWith(referenceOf(alias, column, cast), operator, value));
  }
  const turned = flipped.exec(conjunct);
  if (turned) {
    const [, value = '', operator = '', alias, column, cast] = turned;
    found.push(comparedWith(referenceOf(alias, column, cast), operator, value));
  }
  return found.filter((condition) => condition !== null);
}

/** A column that is compared with something of its own row cannot be looked up. */
function comparedWith(column: ColumnReference, operator: string, value: string): Condition | null {
  if (aliasesIn(value).includes(column.alias)) return null;
  const literals = literalsOf(value);
  if (operator === '=') return { ...column, kind: 'equal', literals };
  if (operator !== '~~') return { ...column, kind: 'range', literals };
  return /^[^%_\\]/.test(literals?.[0] ?? '') ? { ...column, kind: 'prefix', literals } : null;
}

/** `'Rock'::text`, `5`, `ANY ('{a,b}'::text[])`. */
function literalsOf(value: string): string[] | null {
  const list = /^ANY \('\{(.*)\}'::[^']+\)$/s.exec(value);
  if (list)
    return (list[1] ?? '')
      .replaceAll("''", "'")
      .split(',')
      .map((each) => each.replace(/^"|"$/g, ''));
  const quoted = /^'((?:[^']|'')*)'::[^']+$/s.exec(value);
  if (quoted) return [(quoted[1] ?? '').replaceAll("''", "'")];
  return /^-?\d+(\.\d+)?$/.test(value) ? [value] : null;
}
