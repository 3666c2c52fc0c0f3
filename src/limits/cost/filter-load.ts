import { isOrderedByIndex, type OrderStep } from './index-orders.js';

/** What the arguments of a list ask of the database for every row that is looked at. */
export interface FilterLoad {
  readonly conditions: number;
  /** Of the conditions, those that look for a part of a text. */
  readonly patterns: number;
  /** The characters of these parts, which the server turns to small letters again for every row. */
  readonly characters: number;
  /** Values of lists, such as `in: [...]`; those that make a list long are not counted. */
  readonly values: number;
}

/** The server looks longer lists up in a hash table, which takes as long as comparing this many values. */
export const maxWeighed = 16;

const noLoad: FilterLoad = Object.freeze({ conditions: 0, patterns: 0, characters: 0, values: 0 });

const joining: ReadonlySet<string> = new Set(['and', 'or', 'not']);
const patternOperators: ReadonlySet<string> = new Set(['contains', 'startsWith']);

/** Counts the conditions of a filter, which is coerced. */
export function filterLoad(filter: unknown): FilterLoad {
  const load = { ...noLoad };
  for (const [, operators] of conditionsOf(filter)) addOperators(load, operators);
  return load;
}

/** The fields that a filter has conditions on, in whatever it joins, each with its operators. */
export function conditionsOf(filter: unknown): readonly (readonly [field: string, operators: object])[] {
  const conditions: [string, object][] = [];
  const open: unknown[] = [filter];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if (Array.isArray(next)) {
      open.push(...next);
      continue;
    }
    for (const [name, value] of Object.entries(next)) {
      if (joining.has(name)) open.push(value);
      else if (typeof value === 'object' && value !== null) conditions.push([name, value]);
    }
  }
  return conditions;
}

function addOperators(load: { -readonly [Name in keyof FilterLoad]: number }, operators: object): void {
  for (const [operator, value] of Object.entries(operators)) {
    if (value === undefined) continue;
    load.conditions += 1;
    if (patternOperators.has(operator)) {
      load.patterns += 1;
      load.characters += String(value).length;
    }
    if (Array.isArray(value)) load.values += Math.min(value.length, maxWeighed);
  }
}

/** The words of a search, each of which is a pattern. */
export function searchLoad(query: unknown): FilterLoad {
  if (typeof query !== 'string') return noLoad;
  const words = query.split(/\s+/).filter((word) => word !== '').length;
  return { conditions: words, patterns: words, characters: query.length, values: 0 };
}

/** How many columns have to be sorted by because no index has the ordering, which is coerced; 0 when one has. */
export function sortedColumns(orderType: string, orderBy: unknown): number {
  if (!Array.isArray(orderBy) || orderBy.length === 0) return 0;
  const steps: readonly OrderStep[] = orderBy;
  return isOrderedByIndex(orderType, steps) ? 0 : steps.length;
}
