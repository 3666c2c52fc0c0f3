import { createHash } from 'node:crypto';
import type { ColumnKind } from '../../catalogue/column.js';
import { badInput } from '../../errors.js';
import { parseDateTime } from '../../scalars/date-time.js';
import type { Position } from './keyset.js';
import type { OrderedColumn } from './ordering.js';

/** A list that has pages; its name is that of its view where it has one. */
export interface NamedList {
  readonly name: string;
}

/**
 * The name of the list, the ordering and the row's values in it, as base64url of a checksum and a JSON array. The checksum detects
 * damage. It needs no secret: a cursor holds only values that its client has seen, and a forged one is a place in the
 * same list.
 */
export function encodeCursor(list: NamedList, ordering: readonly OrderedColumn[], row: object): string {
  const values = ordering.map(({ field }) => {
    const value = (row as Record<string, unknown>)[field];
    return value === null || value === undefined ? null : String(value);
  });
  return sealCursor([list.name, signature(ordering), ...values]);
}

/** A cursor of these values with a checksum; not encrypted. */
export function sealCursor(values: readonly (string | number | null)[]): string {
  const place = Buffer.from(JSON.stringify(values));
  return Buffer.concat([checksum(place), place]).toString('base64url');
}

/** @throws GatewayError `BAD_USER_INPUT` when it is not a cursor of this list and ordering. */
export function decodeCursor(
  argument: string,
  cursor: string,
  list: NamedList,
  ordering: readonly OrderedColumn[],
): Position {
  const [name, order, ...values] = openCursor(cursor) ?? refuse(argument, 'something that is no cursor');
  if (name !== list.name) refuse(argument, 'a cursor of another list');
  if (order !== signature(ordering)) refuse(argument, 'a cursor of another ordering');
  if (values.length !== ordering.length) refuse(argument, 'a cursor that was changed');
  return ordering.map(({ column }, index) => {
    const value = values[index];
    if (value === null && column.nullable) return null;
    if (typeof value === 'string' && forms[column.kind](value)) return value;
    return refuse(argument, 'a cursor that was changed');
  });
}

const isText = (value: string) => value.length <= 10_000 && !value.includes('\0');

const forms: Readonly<Record<ColumnKind, (value: string) => boolean>> = {
  id: isText,
  text: isText,
  address: isText,
  strategy: isText,
  count: (value) => /^-?\d{1,19}$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value),
  decimal: (value) => /^-?\d{1,60}(\.\d{1,60})?$/.test(value),
  instant: isInstant,
};

function signature(ordering: readonly OrderedColumn[]): string {
  return ordering.map(({ field, direction }) => `${field}:${direction}`).join();
}

/** The values of a cursor; null when it is invalid. */
export function openCursor(cursor: string): unknown[] | null {
  const bytes = Buffer.from(cursor, 'base64url');
  const place = bytes.subarray(checksumBytes);
  // Decoding ignores invalid characters, so two texts could be one cursor.
  if (bytes.toString('base64url') !== cursor || !bytes.subarray(0, checksumBytes).equals(checksum(place)))
    return null;
  try {
    const value: unknown = JSON.parse(place.toString('utf8'));
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function isInstant(value: string): boolean {
  try {
    return parseDateTime(value) === value;
  } catch {
    return false;
  }
}

const checksumBytes = 6;

function checksum(place: Uint8Array): Buffer {
  return createHash('sha256').update(place).digest().subarray(0, checksumBytes);
}

function refuse(argument: string, got: string): never {
  throw badInput(`${argument}: expected a cursor that this list gave under this orderBy, got ${got}`);
}
