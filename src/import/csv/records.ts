import { type Line, maxLineLength, readLines } from './lines.js';
import { splitRecord } from './split.js';

export interface CsvRecord {
  /** The line that it begins on; the first one is 1. */
  readonly line: number;
  /** As it stands in the file, without the line break at its end. */
  readonly text: string;
  /** As many as the header has; none when it cannot be split. */
  readonly fields: readonly string[];
  /** Why it cannot be split, when it cannot. */
  readonly fault: string | null;
}

export interface CsvFile {
  readonly header: readonly string[];
  /** In arrays, as the pieces arrive. Blank lines are left out. */
  readonly records: AsyncGenerator<readonly CsvRecord[]>;
}

/**
 * Reads no further than the header; null when there is none.
 * @param holdsLineBreaks whether there are values with line breaks in them. Where not, each line is a record.
 */
export async function openCsv(
  pieces: AsyncIterable<Uint8Array | string>,
  holdsLineBreaks: boolean,
): Promise<CsvFile | null> {
  const maxLines = holdsLineBreaks ? maxLinesOfRecord : 1;
  const lines = readLines(pieces);
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const first = next.value.findIndex((line) => !isBlank(line));
    const line = next.value[first];
    if (!line) continue;
    const split = splitRecord(withoutReturn(line.text));
    const header = typeof split === 'string' ? [line.text] : split;
    return { header, records: readRecords(next.value.slice(first + 1), lines, header.length, maxLines) };
  }
  return null;
}

/** A quote that is open for longer is a stray one. */
const maxLinesOfRecord = 50;

/**
 * A stray quote costs its own line and no other: when the value that it seems to open never ends as a value does, the
 * reading goes on at the line after it. A parser that follows the quotes alone would lose everything up to the next one.
 */
async function* readRecords(
  begun: readonly Line[],
  lines: AsyncIterable<readonly Line[]>,
  width: number,
  maxLines: number,
): AsyncGenerator<readonly CsvRecord[]> {
  let waiting: readonly Line[] = begun;
  let taken = 0;

  /** The record at the head of the waiting lines; null when only further lines can say what it is. */
  const takeRecord = (isLast: boolean): CsvRecord | null => {
    const line = waiting[taken]!;
    let text = line.text;
    let split = line.isCut ? 'malformed' : splitRecord(withoutReturn(text));
    let count = 1;
    while (split === 'open' && count < maxLines && (taken + count < waiting.length || !isLast)) {
      const following = waiting[taken + count];
      if (!following) return null;
      text += `\n${following.text}`;
      split = splitRecord(withoutReturn(text));
      count++;
    }
    if (typeof split !== 'string' && split.length === width) {
      taken += count;
      return { line: line.number, text: withoutReturn(text), fields: split, fault: null };
    }
    taken++;
    return {
      line: line.number,
      text: withoutReturn(line.text),
      fields: [],
      fault: faultOf(line, split, count, width),
    };
  };

  const takeRecords = (isLast: boolean): CsvRecord[] => {
    const records: CsvRecord[] = [];
    while (taken < waiting.length) {
      if (isBlank(waiting[taken]!)) {
        taken++;
        continue;
      }
      const record = takeRecord(isLast);
      if (!record) break;
      records.push(record);
    }
    waiting = waiting.slice(taken);
    taken = 0;
    return records;
  };

  yield takeRecords(false);
  for await (const more of lines) {
    waiting = waiting.length > 0 ? [...waiting, ...more] : more;
    yield takeRecords(false);
  }
  yield takeRecords(true);
}

function faultOf(line: Line, split: readonly string[] | string, count: number, width: number): string {
  if (line.isCut) return `expected a line of at most ${maxLineLength} characters, got a longer one`;
  if (typeof split !== 'string' && count === 1) return `expected ${width} columns, got ${split.length}`;
  if (count === 1 && split === 'malformed')
    return 'expected quotes around whole values only, got one elsewhere';
  return 'expected a closing quote, got none';
}

function isBlank(line: Line): boolean {
  return line.text === '' || line.text === '\r';
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
