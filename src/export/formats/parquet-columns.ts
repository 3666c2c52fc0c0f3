import type { SchemaElement } from 'hyparquet';
import type { ExportColumn } from '../export-list.js';
import { jsonValueOf } from './json-values.js';

/** How a column stands in a Parquet file. */
export interface ParquetColumn {
  readonly element: SchemaElement;
  /** What is written for a value of the database. */
  readonly parquetValue: (value: unknown) => unknown;
}

/** The same for every file, so that files of many days are one data set. Amounts of FLOW have 8 decimals. */
const precision = 38;
const scale = 18;

type Type = Omit<SchemaElement, 'name' | 'repetition_type'>;

const text: Type = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
const decimal: Type = {
  type: 'FIXED_LEN_BYTE_ARRAY',
  type_length: 16,
  converted_type: 'DECIMAL',
  logical_type: { type: 'DECIMAL', precision, scale },
  precision,
  scale,
};
const instant: Type = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MICROS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
};

export function parquetColumn(column: ExportColumn): ParquetColumn {
  const { field, nullable } = column;
  const [type, parquetValue] = typeOf(column);
  return {
    element: { ...type, name: field, repetition_type: nullable ? 'OPTIONAL' : 'REQUIRED' },
    parquetValue: (value) => (value === null ? null : parquetValue(value)),
  };
}

function typeOf(column: ExportColumn): readonly [type: Type, parquetValue: (value: unknown) => unknown] {
  switch (column.kind) {
    case 'count':
      return [{ type: 'INT64' }, (value) => BigInt(value as number | bigint)];
    case 'decimal':
      return [decimal, (value) => unscaled(String(value))];
    case 'instant':
      return [instant, (value) => microseconds(String(value))];
    case 'flag':
      return [{ type: 'BOOLEAN' }, (value) => value];
    default:
      return [text, jsonValueOf(column)];
  }
}

/** Digits of a decimal as a whole number of its smallest unit. Averages may have further digits, which are rounded. */
export function unscaled(digits: string): bigint {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(digits) ?? [];
  if (whole === '' || whole.length > precision - scale)
    throw new Error(
      `Expected a decimal of at most ${precision - scale} digits before the point, got another.`,
    );
  const exact = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  const rounded = (fraction[scale] ?? '0') >= '5' ? exact + 1n : exact;
  return sign === '-' ? -rounded : rounded;
}

/** RFC 3339 in UTC, as microseconds since 1970. */
export function microseconds(instant: string): bigint {
  const fraction = instant.slice(20, -1).padEnd(6, '0');
  return BigInt(Date.parse(`${instant.slice(0, 19)}Z`)) * 1_000n + BigInt(fraction);
}
