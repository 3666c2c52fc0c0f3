import type { ExportColumn } from '../export-list.js';
import type { Format } from './format.js';
import { jsonValueOf } from './json-values.js';

/** Without it Excel takes UTF-8 for something else. */
const byteOrderMark = '\ufeff';

/** What a spreadsheet would run as a formula, or may after it has dropped what stands in front. */
const formula = /^[=+\-@\t\r\n]/;
const special = /[",\r\n]/;

/**
 * RFC 4180 with a header row. A missing value is an empty field and an empty text is `""`, so that they can be told apart;
 * so is a missing value that would be an empty line.
 */
export const csv: Format = {
  contentType: 'text/csv; charset=utf-8; header=present',
  start(columns) {
    const cells = columns.map(cellOf);
    const missing = columns.length === 1 ? '""' : '';
    return {
      begin: () => `${byteOrderMark}${columns.map(({ field }) => field).join(',')}\r\n`,
      encode(rows) {
        let text = '';
        for (const row of rows) {
          for (let n = 0; n < cells.length; n += 1) {
            if (n > 0) text += ',';
            const value = row[n] ?? null;
            text += value === null ? missing : cells[n]?.(value);
          }
          text += '\r\n';
        }
        return text;
      },
      end: () => '',
    };
  },
};

function cellOf(column: ExportColumn): (value: unknown) => string {
  const jsonValue = jsonValueOf(column);
  // Only texts can hold a formula; numbers and times stay as they are.
  return ['id', 'text', 'address'].includes(column.kind)
    ? (value) => textCell(String(value))
    : (value) => String(jsonValue(value));
}

function textCell(value: string): string {
  const text = formula.test(value) ? `'${value}` : value;
  if (text === '') return '""';
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
