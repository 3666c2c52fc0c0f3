import type { ImportColumn } from './columns/column.js';
import type { ImportTable } from './tables.js';

/** A header that does not fit its table. Nothing of the file was loaded. */
export class HeaderError extends Error {
  override readonly name = 'HeaderError';
}

/** For each column of the file the column of the table; null where it is to be passed over. */
export type Layout = readonly (ImportColumn | null)[];

/** What a file of rejected rows has in front; passed over, so that it can be corrected and imported as it is. */
export const rejectionColumns: readonly string[] = ['line', 'reason'];

/** @throws HeaderError naming every column that is unknown, missing or there twice. */
export function matchHeader(table: ImportTable, header: readonly string[]): Layout {
  const names = header.map((name) => name.trim());
  // What became of bytes that are not UTF-8, as those in front of UTF-16 are.
  if (names.some((name) => name.includes('\uFFFD')))
    throw new HeaderError('expected UTF-8, got another encoding, such as UTF-16');
  const separator = names.length === 1 ? findSeparator(names[0]!) : null;
  if (separator)
    throw new HeaderError(
      `expected columns of ${table.name} that are separated by commas, got ${separator} between them${adviceFor(table, names)}`,
    );
  const known = new Set([...table.columns.map((column) => column.name), ...rejectionColumns]);
  const unknown = names.filter((name) => !known.has(name));
  const missing = table.columns.filter((column) => column.isRequired && !names.includes(column.name));
  const doubled = names.filter((name, index) => known.has(name) && names.indexOf(name) < index);
  const faults = [
    ...(unknown.length > 0
      ? [`unknown ${unknown.map((name) => JSON.stringify(name.slice(0, 60))).join(', ')}`]
      : []),
    ...(missing.length > 0 ? [`missing ${missing.map((column) => column.name).join(', ')}`] : []),
    ...(doubled.length > 0 ? [`twice ${doubled.join(', ')}`] : []),
  ];
  if (faults.length > 0)
    throw new HeaderError(
      `expected columns of ${table.name} (${table.columns.map((column) => column.name).join(', ')}), got ${faults.join('; ')}${adviceFor(table, names)}`,
    );
  return names.map((name) => table.columns.find((column) => column.name === name) ?? null);
}

/** In parentheses; empty where there is none. */
function adviceFor(table: ImportTable, names: readonly string[]): string {
  const { reference } = table;
  const isForeign = reference && !names.some((name) => name.includes(reference.column));
  const missing = table.columns.find((column) => column.advice && !names.includes(column.name));
  const advice = isForeign ? table.advice : missing?.advice;
  return advice ? ` (${advice})` : '';
}

const otherSeparators: Readonly<Record<string, string>> = {
  ';': 'semicolons',
  '\t': 'tab characters',
  '|': 'vertical bars',
};

/** What stands between the columns of a header that has no comma; null when it is nothing known. */
function findSeparator(header: string): string | null {
  const found = Object.keys(otherSeparators).find((separator) => header.includes(separator));
  return found === undefined ? null : otherSeparators[found]!;
}
