import type { ByteWriter } from 'hyparquet-writer';
import type { RowValues } from '../../database/session/snapshot.js';
import type { Chunk, Format } from './format.js';
import { parquetColumn } from './parquet-columns.js';

/**
 * How many rows one row group has. They are buffered in memory and encoded synchronously, which blocks the
 * event loop for 16 ms.
 */
const rowsOfGroup = 2_000;

/** Real types, row groups of bounded size, Snappy; the refresh that it is of stands in the key-value metadata. */
export const parquet: Format = {
  contentType: 'application/vnd.apache.parquet',
  async start(columns, facts) {
    // Loaded when it is needed, because few gateways ever write such a file.
    const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
    const bytes = new ByteWriter();
    const types = columns.map(parquetColumn);
    const file = new ParquetWriter({
      writer: bytes,
      schema: [{ name: 'root', num_children: columns.length }, ...types.map(({ element }) => element)],
      kvMetadata: Object.entries(facts).map(([key, value]) => ({ key, value })),
      createdBy: 'mycelix-analytics',
    });
    let gathered = columns.map((): unknown[] => []);
    let count = 0;
    const writeGroup = () => {
      const columnData = columns.map(({ field }, n) => ({ name: field, data: gathered[n] ?? [] }));
      file.write({ columnData, rowGroupSize: rowsOfGroup });
      gathered = columns.map(() => []);
      count = 0;
      return take(bytes);
    };
    return {
      begin: () => take(bytes),
      encode(rows: readonly RowValues[]): Chunk {
        for (const row of rows)
          for (let n = 0; n < types.length; n += 1) gathered[n]?.push(types[n]?.parquetValue(row[n] ?? null));
        count += rows.length;
        return count >= rowsOfGroup ? writeGroup() : '';
      },
      end() {
        const rest = count > 0 ? writeGroup() : new Uint8Array();
        file.finish();
        return Buffer.concat([rest, take(bytes)]);
      },
    };
  },
};

/** Gives what was written since the last time. Offsets in the file go on counting. */
function take(bytes: ByteWriter): Uint8Array {
  const taken = bytes.getBytes().slice();
  bytes.index = 0;
  return taken;
}
