import type { SongFilter } from '../../src/client/operations.ts';
import { type FieldKind, type FieldName, fieldOf, type Operator, operators, strategies } from './fields.ts';

/** One line of the form. The value is as it was typed; several are parted by commas. */
export interface Condition {
  readonly id: string;
  readonly field: FieldName;
  readonly operator: string;
  readonly value: string;
}

export type Join = 'all' | 'any' | 'none';

/** Conditions and further groups, of which all, any or none have to hold. */
export interface Group {
  readonly id: string;
  readonly join: Join;
  readonly parts: readonly Part[];
}

export type Part = Condition | Group;

export function isGroup(part: Part): part is Group {
  return 'join' in part;
}

let made = 0;
const newId = () => `part-${made++}`;

export function newCondition(field: FieldName = 'genre', operator?: string, value = ''): Condition {
  const first = operators[fieldOf(field).kind][0] as Operator;
  return { id: newId(), field, operator: operator ?? first.name, value };
}

export function newGroup(join: Join, parts: readonly Part[]): Group {
  return { id: newId(), join, parts };
}

export function operatorOf({ field, operator }: Condition): Operator {
  const known = operators[fieldOf(field).kind];
  return known.find(({ name }) => name === operator) ?? (known[0] as Operator);
}

const forms: Readonly<Record<FieldKind, RegExp>> = {
  id: /./s,
  text: /./s,
  address: /^0x[0-9a-f]{1,64}$/i,
  strategy: new RegExp(`^(${strategies.join('|')})$`),
  count: /^-?\d{1,18}$/,
  amount: /^-?\d{1,18}(\.\d{1,18})?$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d/,
};

/** The value of a condition as the schema wants it; undefined while it is no value yet. */
export function typedValueOf(condition: Condition): unknown {
  const { kind } = fieldOf(condition.field);
  const { takes } = operatorOf(condition);
  if (takes === 'whether') return condition.value !== 'no';
  if (takes === 'one') return single(kind, condition.value);
  const values = condition.value
    .split(',')
    .map((value) => value.trim())
    .filter(Boolean)
    .map((value) => single(kind, value));
  return values.length === 0 || values.includes(undefined) ? undefined : values;
}

function single(kind: FieldKind, text: string): string | number | undefined {
  if (!forms[kind].test(text)) return undefined;
  if (kind === 'time') return Number.isNaN(Date.parse(text)) ? undefined : new Date(text).toISOString();
  if (kind !== 'count') return text;
  // Beyond 2^53 a double would round it; the schema takes it as a text, too.
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/** The filter that the form stands for; null when it has no condition that is complete. */
export function filterOf(part: Part): SongFilter | null {
  if (!isGroup(part)) {
    const value = typedValueOf(part);
    return value === undefined ? null : { [part.field]: { [operatorOf(part).name]: value } };
  }
  const parts = part.parts.map(filterOf).filter((filter) => filter !== null);
  const [first] = parts;
  if (!first) return null;
  if (part.join === 'none') return { not: parts.length === 1 ? first : { or: parts } };
  if (parts.length === 1) return first;
  return part.join === 'all' ? { and: parts } : { or: parts };
}

/** How many conditions are not complete, and so left out. */
export function countIncomplete(part: Part): number {
  if (!isGroup(part)) return typedValueOf(part) === undefined ? 1 : 0;
  return part.parts.reduce((sum, each) => sum + countIncomplete(each), 0);
}

/** The same tree with one part replaced, or left out for null. */
export function replaced(group: Group, id: string, by: Part | null): Group {
  const parts = group.parts.flatMap((part) => {
    if (part.id === id) return by ? [by] : [];
    return [isGroup(part) ? replaced(part, id, by) : part];
  });
  return { ...group, parts };
}

/** A form out of a link. Whatever does not look like one is not taken. */
export function groupFrom(text: string | null): Group | null {
  if (!text) return null;
  try {
    return checked(JSON.parse(text) as Partial<Group>) as Group | null;
  } catch {
    return null;
  }
}

function checked(part: Partial<Group> & Partial<Condition>): Part | null {
  if (Array.isArray(part.parts)) {
    if (part.join !== 'all' && part.join !== 'any' && part.join !== 'none') return null;
    return newGroup(
      part.join,
      part.parts.map((each) => checked(each)).filter((each) => each !== null),
    );
  }
  if (typeof part.field !== 'string' || typeof part.value !== 'string') return null;
  return newCondition(fieldOf(part.field).name, String(part.operator), part.value);
}

/** The form as it stands in a link. */
export function textOf(group: Group): string {
  return JSON.stringify(group, (key, value) => (key === 'id' ? undefined : value));
}
