import type { RowValues } from '../../database/session/snapshot.js';
import type { ExportColumn } from '../export-list.js';

/** A kind of file. */
export interface Format {
  readonly contentType: string;
  /** Begins a file with these columns. `facts` say what it is, where a file has a place for that. */
  start(columns: readonly ExportColumn[], facts: Readonly<Record<string, string>>): Encoder;
}

/** Writes one file. What it gives belongs into the file in the order in which it was given; it may be empty. */
export interface Encoder {
  begin(): Chunk;
  encode(rows: readonly RowValues[]): Chunk;
  end(): Chunk;
}

export type Chunk = string | Uint8Array;
