import type { CsvRecord } from './csv/records.js';
import type { Layout } from './header.js';
import { type Rejection, type Row, readRow } from './rows.js';

/** What is loaded at once, in one transaction. */
export interface Batch {
  readonly rows: Row[];
  readonly rejections: Rejection[];
}

const mostRecords = 20_000;
/** Longer rows make shorter batches, so that the memory stays the same. */
const mostCharacters = 4_000_000;

export async function* readBatches(
  records: AsyncIterable<readonly CsvRecord[]>,
  layout: Layout,
): AsyncGenerator<Batch> {
  let batch: Batch = { rows: [], rejections: [] };
  let characters = 0;
  for await (const piece of records) {
    for (const record of piece) {
      const row = readRow(record, layout);
      if ('reason' in row) batch.rejections.push(row);
      else batch.rows.push(row);
      for (const field of record.fields) characters += field.length;
      if (batch.rows.length + batch.rejections.length < mostRecords && characters < mostCharacters) continue;
      yield batch;
      batch = { rows: [], rejections: [] };
      characters = 0;
    }
  }
  if (batch.rows.length + batch.rejections.length > 0) yield batch;
}
