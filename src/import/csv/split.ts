/** The fields of a record, or why there are none: it ends inside quotes, or the quotes are not where they may be. */
export type Split = readonly string[] | 'open' | 'malformed';

/** Splits a record as RFC 4180 writes it. */
export function splitRecord(text: string): Split {
  // Nearly all records are like that.
  if (!text.includes('"')) return text.split(',');
  const fields: string[] = [];
  for (let from = 0; ; ) {
    let end: number;
    if (text[from] === '"') {
      const closing = findClosingQuote(text, from + 1);
      if (closing < 0) return 'open';
      end = closing + 1;
      if (end < text.length && text[end] !== ',') return 'malformed';
      fields.push(text.slice(from + 1, closing).replaceAll('""', '"'));
    } else {
      const comma = text.indexOf(',', from);
      end = comma < 0 ? text.length : comma;
      const field = text.slice(from, end);
      if (field.includes('"')) return 'malformed';
      fields.push(field);
    }
    if (end === text.length) return fields;
    from = end + 1;
  }
}

/** A quote inside quotes is written twice. */
function findClosingQuote(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); quote >= 0; quote = text.indexOf('"', quote + 2))
    if (text[quote + 1] !== '"') return quote;
  return -1;
}

/** Writes a record as RFC 4180 does, with its line break. */
export function joinRecord(fields: readonly (string | number)[]): string {
  return `${fields.map((field) => quoteIfNeeded(String(field))).join(',')}\n`;
}

function quoteIfNeeded(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
