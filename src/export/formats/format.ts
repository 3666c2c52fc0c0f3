import type { RowValues } from '../../database/session/snapshot.js';
import type { ExportColumn } from '../export-list.js';

/** A kind of file. */
export interface Format {
  readonly contentType: string;
  /** Begins a file with these columns. `facts` are metadata, ignored by formats that cannot hold it. */
  start(
    columns: readonly ExportColumn[],
    facts: Readonly<Record<string, string>>,
  ): Encoder | Promise<Encoder>;
}

/** Writes one file. The file is its chunks in the order they were returned; a chunk may be empty. */
export interface Encoder {
  begin(): Chunk;
  encode(rows: readonly RowValues[]): Chunk;
  end(): Chunk;
}

export type Chunk = string | Uint8Array;
