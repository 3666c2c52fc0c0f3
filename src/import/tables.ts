import { readAddress } from './columns/address.js';
import type { ImportColumn, ReadValue } from './columns/column.js';
import { readInstant } from './columns/instant.js';
import { type AmountDigits, readAmount, readSeconds, readWholeNumber } from './columns/numbers.js';
import { readIndexedText, readOneOf, readText } from './columns/text.js';

/** A table that files are imported into. */
export interface ImportTable {
  readonly name: 'artists' | 'songs' | 'plays';
  readonly columns: readonly ImportColumn[];
  /** Two rows may not share a value of it; rows without one are numbered by the database. */
  readonly key: string;
  /** A column whose value has to be a key of another table. */
  readonly reference?: { readonly column: string; readonly table: string };
  /** What to do with a file that does not have the column of the reference. */
  readonly advice?: string;
  /** Whether a value may hold line breaks. */
  readonly holdsLineBreaks: boolean;
  /** The column whose month says where a row is kept. */
  readonly partitionedBy?: string;
}

const required = (name: string, type: ImportColumn['type'], read: ReadValue): ImportColumn => ({
  name,
  isRequired: true,
  type,
  read,
});
const optional = (column: Omit<ImportColumn, 'isRequired'>): ImportColumn => ({
  ...column,
  isRequired: false,
});

const createdAt = optional({
  name: 'created_at',
  type: 'timestamptz',
  read: readInstant,
  whenEmpty: 'now()',
});

export const artists: ImportTable = {
  name: 'artists',
  columns: [
    required('artist_address', 'text', readAddress),
    required('name', 'text', readIndexedText),
    createdAt,
  ],
  key: 'artist_address',
  holdsLineBreaks: true,
};

export const songs: ImportTable = {
  name: 'songs',
  columns: [
    required('song_id', 'text', readIndexedText),
    required('title', 'text', readText),
    required('artist_address', 'text', readAddress),
    optional({ name: 'genre', type: 'text', read: readIndexedText }),
    required('strategy', 'text', readOneOf(['pay-per-stream', 'gift-economy', 'patronage', 'auction'])),
    createdAt,
  ],
  key: 'song_id',
  reference: { column: 'artist_address', table: 'artists' },
  holdsLineBreaks: true,
};

const duration = { name: 'duration', type: 'integer', read: readSeconds } as const;

export interface PlaysOptions {
  /** Whether a play without a duration, or a file without that column, has a duration of 0. */
  readonly emptyDurationAsZero?: boolean;
}

/** @param amount how many digits `amount_paid` has room for in this database. */
export function plays(amount: AmountDigits, { emptyDurationAsZero = false }: PlaysOptions = {}): ImportTable {
  return {
    name: 'plays',
    columns: [
      // Not up to the end of bigint: the numbers that the database gives afterwards go on above it.
      optional({ name: 'id', type: 'bigint', read: readWholeNumber(1, Number.MAX_SAFE_INTEGER) }),
      required('song_id', 'text', readIndexedText),
      required('listener_address', 'text', readAddress),
      required('played_at', 'timestamptz', readInstant),
      emptyDurationAsZero
        ? optional({ ...duration, whenEmpty: '0', isFilled: true })
        : { ...duration, isRequired: true, advice: '--empty-duration-as-zero takes plays without one' },
      required('amount_paid', 'numeric', readAmount(amount)),
    ],
    key: 'id',
    reference: { column: 'song_id', table: 'songs' },
    advice: 'a listening history has to be converted first, see docs/importing.md',
    holdsLineBreaks: false,
    partitionedBy: 'played_at',
  };
}

/** The same table for an import that passes over the rows whose key is there: each row needs one. */
export function withRequiredKey(table: ImportTable): ImportTable {
  return {
    ...table,
    columns: table.columns.map((column) =>
      column.name === table.key ? { ...column, isRequired: true } : column,
    ),
  };
}
