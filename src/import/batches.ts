import type { CsvRecord } from './csv/records.js';
import type { Layout } from './header.js';
import { type Rejection, type Row, readRow } from './rows.js';
import type { ImportTable } from './tables.js';

/** What is loaded at once, in one transaction. */
export interface Batch {
  readonly rows: Row[];
  readonly rejections: Rejection[];
  /** Of a partitioned table: the months of the rows, as `2026-01`. */
  readonly months: Set<string>;
  /** The last line that it holds. */
  lastLine: number;
}

const maxRecords = 10_000;
/** Longer rows make shorter batches, so that the memory stays the same. */
const maxCharacters = 2_000_000;

export async function* readBatches(
  records: AsyncIterable<readonly CsvRecord[]>,
  table: ImportTable,
  layout: Layout,
): AsyncGenerator<Batch> {
  const partitioned = layout.findIndex((column) => column !== null && column.name === table.partitionedBy);
  let batch = emptyBatch();
  let characters = 0;
  const noteMonth = (position: number, value: string) => {
    if (position === partitioned) batch.months.add(value.slice(0, 7));
  };
  for await (const piece of records) {
    for (const record of piece) {
      const row = readRow(record, layout, noteMonth);
      if ('reason' in row) batch.rejections.push(row);
      else batch.rows.push(row);
      batch.lastLine = record.line;
      characters += record.text.length;
      if (batch.rows.length + batch.rejections.length < maxRecords && characters < maxCharacters) continue;
      yield batch;
      batch = emptyBatch();
      characters = 0;
    }
  }
  if (batch.lastLine > 0) yield batch;
}

function emptyBatch(): Batch {
  return { rows: [], rejections: [], months: new Set(), lastLine: 0 };
}
