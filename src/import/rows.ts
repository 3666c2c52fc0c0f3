import type { CsvRecord } from './csv/records.js';
import { Fault } from './fault.js';
import type { Layout } from './header.js';

/** A row whose values are right by themselves. */
export interface Row {
  readonly record: CsvRecord;
  /** In the order of the file's columns, as PostgreSQL reads them. */
  readonly values: readonly (string | null)[];
}

/** A row that was not taken, and why. */
export interface Rejection {
  readonly record: CsvRecord;
  readonly reason: string;
}

/** Reads the values of a record; the first one that does not fit is the reason. */
export function readRow(record: CsvRecord, layout: Layout): Row | Rejection {
  if (record.fault !== null) return { record, reason: record.fault };
  const values: (string | null)[] = [];
  for (const [index, column] of layout.entries()) {
    if (!column) continue;
    const text = record.fields[index]!;
    const value = text !== '' ? column.read(text) : column.isRequired ? noValue : null;
    if (value instanceof Fault) return { record, reason: `${column.name}: ${value.reason}` };
    values.push(value);
  }
  return { record, values };
}

const noValue = new Fault('expected a value, got none');
