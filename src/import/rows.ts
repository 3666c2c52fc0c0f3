import type { ImportColumn } from './columns/column.js';
import type { CsvRecord } from './csv/records.js';
import { Fault } from './fault.js';
import type { Layout } from './header.js';

/** A row whose values are right by themselves. */
export interface Row {
  /** The line that it begins on. */
  readonly line: number;
  /** As it stands in the file, without the line break at its end. */
  readonly text: string;
  /** Its values in the order of the file's columns, as COPY reads them. */
  readonly copy: string;
}

/** A row that was not taken, and why. */
export interface Rejection {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/**
 * Reads the values of a record into a row; the first value that does not fit is the reason to reject it.
 * @param onValue is told each value as it is going to be loaded, and the position of its column in the file.
 */
export function readRow(
  { line, text, fields, fault }: CsvRecord,
  layout: Layout,
  onValue?: (position: number, value: string) => void,
): Row | Rejection {
  if (fault !== null) return { line, text, reason: fault };
  const values: string[] = [];
  for (let position = 0; position < layout.length; position++) {
    const column = layout[position];
    if (!column) continue;
    const field = fields[position]!;
    const value = field !== '' ? column.read(field) : column.isRequired ? noValue(column) : null;
    if (value instanceof Fault) return { line, text, reason: `${column.name}: ${value.reason}` };
    values.push(copyValue(value));
    if (value !== null) onValue?.(position, value);
  }
  return { line, text, copy: values.join('\t') };
}

function noValue({ advice }: ImportColumn): Fault {
  return new Fault(`expected a value, got none${advice ? ` (${advice})` : ''}`);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyValue(value: string | null): string {
  if (value === null) return '\\N';
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => escapes[character]!) : value;
}
