import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type pg from 'pg';

/** What tells one refresh of the list from another: the sum over all rows of a hash of each. */
export interface Digest {
  readonly rows: number;
  readonly sum: bigint;
}

/** The columns that go into it, as exports name them. */
export const digestedFields = ['songId', 'playCount', 'uniqueListeners', 'playsLast30Days'] as const;

const hexDigits = 12;

/** The generation that the database shows, and the digest of its songs, from one statement. */
export async function digestOfView(client: pg.Client): Promise<Digest & { readonly generation: number }> {
  const { rows } = await client.query<{ generation: string; count: string; sum: string }>(`
    select (select generation from analytics.engine), count(*),
      sum(('x' || left(md5(concat_ws('|', song_id, play_count, unique_listeners, plays_last_30_days)), ${hexDigits}))::bit(${4 * hexDigits})::bigint)
    from mv_song_analytics`);
  const [row] = rows;
  return { generation: Number(row!.generation), rows: Number(row!.count), sum: BigInt(row!.sum) };
}

/** The same of a file whose first columns are `digestedFields`. */
export async function digestOfFile(file: string, format: string): Promise<Digest> {
  let rows = 0;
  let sum = 0n;
  for await (const values of format === 'parquet' ? rowsOfParquet(file) : rowsOfLines(file, format)) {
    rows += 1;
    sum += BigInt(`0x${createHash('md5').update(values.join('|')).digest('hex').slice(0, hexDigits)}`);
  }
  return { rows, sum };
}

async function* rowsOfLines(file: string, format: string): AsyncGenerator<unknown[]> {
  let isHeader = format === 'csv';
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (!isHeader) {
      const values =
        format === 'csv' ? line.split(',') : Object.values(JSON.parse(line) as Record<string, unknown>);
      yield values.slice(0, digestedFields.length);
    }
    isHeader = false;
  }
}

const rowsAtOnce = 20_000;

async function* rowsOfParquet(name: string): AsyncGenerator<unknown[]> {
  const file = await asyncBufferFromFile(name);
  const metadata = await parquetMetadataAsync(file);
  for (let rowStart = 0; rowStart < metadata.num_rows; rowStart += rowsAtOnce) {
    const rowEnd = Math.min(rowStart + rowsAtOnce, Number(metadata.num_rows));
    for (const row of await parquetReadObjects({ file, metadata, rowStart, rowEnd }))
      yield digestedFields.map((field) => row[field]);
  }
}
