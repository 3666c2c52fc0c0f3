import type { Fault } from '../fault.js';

/** Turns what stands in the file into what PostgreSQL reads without any doubt. It is never given an empty text. */
export type ReadValue = (text: string) => string | Fault;

/** A column of a file. */
export interface ImportColumn {
  readonly name: string;
  /** Whether each row needs a value. A file may leave out the other columns. */
  readonly isRequired: boolean;
  readonly read: ReadValue;
  /** What to do where a value is required and missing. */
  readonly advice?: string;
  /** While the rows wait to be checked against the tables. */
  readonly type: 'text' | 'timestamptz' | 'integer' | 'bigint' | 'numeric';
  /** What an empty value becomes, in SQL; null otherwise. */
  readonly whenEmpty?: string;
  /** Whether `whenEmpty` also stands for a column that the file does not have. */
  readonly isFilled?: boolean;
}
