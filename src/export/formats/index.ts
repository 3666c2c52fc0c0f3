import type { FormatName } from '../names.js';
import { csv } from './csv.js';
import type { Format } from './format.js';
import { ndjson } from './ndjson.js';
import { parquet } from './parquet.js';

const byName: Readonly<Record<FormatName, Format>> = { csv, ndjson, parquet };

/** All kinds of files, by their extensions. */
export const formats: ReadonlyMap<string, Format> = new Map(Object.entries(byName));
