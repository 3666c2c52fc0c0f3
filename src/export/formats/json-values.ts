import { Strategy } from '../../catalogue/strategy.js';
import type { ExportColumn } from '../export-list.js';

/** A value as an answer of GraphQL has it. */
export type JsonValue = string | number | boolean | null;

/** The names that GraphQL gives to the values of the database. */
const strategyNames: ReadonlyMap<unknown, string> = new Map(
  Object.entries(Strategy).map(([name, value]) => [value, name]),
);

/** Turns what the database gave for a column into what GraphQL answers. */
export function jsonValueOf({ kind }: ExportColumn): (value: unknown) => JsonValue {
  if (kind === 'strategy') return (value) => (value === null ? null : (strategyNames.get(value) ?? null));
  if (kind === 'count') return (value) => (typeof value === 'bigint' ? String(value) : (value as number));
  return (value) => value as JsonValue;
}
