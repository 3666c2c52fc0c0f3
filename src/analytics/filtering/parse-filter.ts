import { composedKey } from '../../composed-key.js';
import { badInput } from '../../errors.js';
import { requireStorable } from './storable-text.js';

/**
 * A filter of any view, as GraphQL coerces it: the operators of each field, such as `{ genre: { eq: 'Rock' } }`, and
 * further filters. `FilterOf` names the fields and operators of one view.
 */
export interface FilterInput {
  readonly and?: readonly FilterInput[] | null;
  readonly or?: readonly FilterInput[] | null;
  readonly not?: FilterInput | null;
  readonly [field: string]: object | null | undefined;
}

export type FilterNode =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly part: FilterNode }
  | {
      readonly kind: 'condition';
      readonly field: string;
      readonly operator: string;
      /** Bound as a parameter, except for `isNull`, where it selects IS NULL or IS NOT NULL. */
      readonly value: unknown;
    };

/** A filter that was checked. */
export interface Filter {
  /** Undefined when there is no condition. */
  readonly root: FilterNode | undefined;
  /** Filters of equal shape have the same SQL text. */
  readonly shape: string;
  /** The bound values in the order of the text. */
  readonly values: readonly unknown[];
}

const maxDepth = 8;
const maxConditions = 100;
const maxFilterObjects = 1000;
const maxValues = 1000;
/** In characters; each of them may have to be escaped. */
const maxPatternLength = 5_000;

const noFilter: Filter = Object.freeze({ root: undefined, shape: '', values: [] });

/**
 * Validates a filter and separates the shape of its SQL from its values.
 * @throws GatewayError `BAD_USER_INPUT` for an operator without a value, a value that PostgreSQL cannot hold, and a
 *   filter that is too deep or too long
 */
export function parseFilter(input: FilterInput | null | undefined): Filter {
  if (!input) return noFilter;
  const parser = new FilterParser();
  const root = parser.parseFilter(input, 0);
  return { root: root.parts.length > 0 ? root : undefined, shape: parser.shape, values: parser.values };
}

class FilterParser {
  shape = '';
  readonly values: unknown[] = [];
  #conditions = 0;
  #filters = 0;

  parseFilter(input: FilterInput, depth: number): { kind: 'all'; parts: FilterNode[] } {
    if (depth > maxDepth)
      throw badInput(`filter: expected at most ${maxDepth} levels of and, or, not, got more`);
    if (++this.#filters > maxFilterObjects)
      throw badInput(`filter: expected at most ${maxFilterObjects} filters, got more`);
    const parts: FilterNode[] = [];
    this.shape += '{';
    const { and, or, not } = input;
    // In the order of the input, which is the order of the conditions in the SQL text.
    for (const [name, value] of Object.entries(input)) {
      if (value === undefined || value === null) continue;
      this.shape += composedKey(name);
      if (name === 'and' && and) parts.push(this.#parseGroup('all', and, depth));
      else if (name === 'or' && or) parts.push(this.#parseGroup('any', or, depth));
      else if (name === 'not' && not) parts.push({ kind: 'not', part: this.parseFilter(not, depth + 1) });
      else this.#parseOperators(name, value, parts);
    }
    this.shape += '}';
    return { kind: 'all', parts };
  }

  #parseGroup(kind: 'all' | 'any', inputs: readonly FilterInput[], depth: number): FilterNode {
    this.shape += '[';
    const parts = inputs.map((input) => this.parseFilter(input, depth + 1));
    this.shape += ']';
    return { kind, parts };
  }

  #parseOperators(field: string, operators: object, parts: FilterNode[]): void {
    this.shape += '(';
    const entries: [string, unknown][] = Object.entries(operators);
    for (const [operator, input] of entries) {
      if (input === undefined) continue;
      if (++this.#conditions > maxConditions)
        throw badInput(`filter: expected at most ${maxConditions} conditions, got more`);
      const value = parseValue(field, operator, input);
      this.shape += composedKey(operator);
      if (operator === 'isNull') this.shape += composedKey(value === true);
      else this.values.push(value);
      parts.push({ kind: 'condition', field, operator, value });
    }
    this.shape += ')';
  }
}

function parseValue(field: string, operator: string, value: unknown): unknown {
  const place = `filter.${field}.${operator}`;
  if (value === null)
    throw badInput(
      `${place}: expected a value, got null; rows without a value are found by isNull, where the filter has it`,
    );
  if (Array.isArray(value) && value.length > maxValues)
    throw badInput(`${place}: expected at most ${maxValues} values, got ${value.length}`);
  for (const each of Array.isArray(value) ? value : [value])
    if (typeof each === 'string') requireStorable(place, each);
  if (operator !== 'contains' && operator !== 'startsWith') return value;
  const search = String(value);
  if (search.length > maxPatternLength)
    throw badInput(`${place}: expected at most ${maxPatternLength} characters, got ${search.length}`);
  return `${operator === 'contains' ? '%' : ''}${escapeLike(search)}%`;
}

/** Escapes the wildcards of LIKE. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
