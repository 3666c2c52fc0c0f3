import { aliasesIn, type ColumnReference, columnPattern, conjunctsOf, referenceOf } from './expression.js';

/** Kinds of conditions that an index can answer. */
export type ConditionKind = 'equal' | 'range' | 'prefix' | 'null' | 'notNull';

export interface Condition extends ColumnReference {
  readonly kind: ConditionKind;
  /** Literals of the comparison, where the plan shows them. Used for row estimates only and never shown. */
  readonly literals: readonly string[] | null;
}

/** An equality between columns of two tables. */
export interface JoinCondition {
  readonly left: ColumnReference;
  readonly right: ColumnReference;
}

const alone = new RegExp(`^(NOT )?${columnPattern}$`);
const nullness = new RegExp(`^${columnPattern} IS (NOT )?NULL$`);
const comparison = new RegExp(`^${columnPattern} (=|<|>|<=|>=|~~) (.+)$`, 's');
const flipped = new RegExp(`^(.+) (=|<|>|<=|>=) ${columnPattern}$`, 's');
const join = new RegExp(`^${columnPattern} = ${columnPattern}$`);

/** The conditions of an expression that an index can answer. */
export function conditionsOf(expression: string | undefined): Condition[] {
  if (!expression) return [];
  return conjunctsOf(expression).flatMap(conditionsIn);
}

/** The column pairs of a join condition. */
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

/** A comparison of two columns gives a condition on each. */
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

/** A comparison with another column of the same row cannot use an index. */
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
