import { AnalyticsReader } from '../analytics/withholding/analytics-reader.js';
import type { Database } from '../database/database.js';
import type { Cancellation } from '../database/resilience/cancellation.js';
import type { RowValues } from '../database/session/snapshot.js';
import { GatewayError } from '../errors.js';
import { asOfView, findGeneration } from '../views/freshness.js';
import type { Chunk, Encoder } from './formats/format.js';
import type { ExportPlan } from './plan-export.js';

/** What is known of a file before its first byte. */
export interface ExportHead {
  /** The last refresh, and the instant that all of the file holds for. */
  readonly generation: number;
  readonly asOf: string;
  readonly fileName: string;
  readonly contentType: string;
  /** How many rows it has; null when they were not counted. */
  readonly rows: number | null;
  /** Whether there are more rows than the viewer gets. */
  readonly isCut: boolean;
}

/** A file that is about to be written. Its chunks are made when they are asked for. */
export interface OpenedExport {
  readonly head: ExportHead;
  readonly chunks: AsyncIterable<Chunk>;
  /** How many rows the chunks so far hold. */
  rowsSoFar(): number;
}

export interface RunOptions {
  /** Counts rows also where there is no limit. */
  readonly isCounted?: boolean;
  /** Counts of different listeners below this number are withheld; none unless it is given. */
  readonly withholdUnder?: number;
  /** Ends it. */
  readonly signal: Cancellation;
}

/**
 * Opens an export in one snapshot and passes it to `write`. A failure before `write` is called can still be
 * answered with an error status.
 */
export function runExport<Result>(
  database: Database,
  plan: ExportPlan,
  { signal, isCounted = false, withholdUnder = 0 }: RunOptions,
  write: (opened: OpenedExport) => Promise<Result>,
): Promise<Result> {
  const { columns, format, rowLimit: limit } = plan;
  return database.snapshot(signal, async (snapshot) => {
    const generation = await findGeneration(snapshot.reader);
    if (!generation)
      throw new GatewayError('UNAVAILABLE', 'The views have not been filled yet; try again shortly.');
    const asOf = plan.view === null ? generation.asOf : asOfView(generation, plan.view);
    const { total, pieces } = await plan.open(
      { ...snapshot, reader: new AnalyticsReader(snapshot.reader, withholdUnder) },
      { columns, limit, isCounted },
    );
    const isCut = total !== null && limit !== null && total > limit;
    const rows = isCut ? limit : total;
    let written = 0;
    const facts = {
      generation: String(generation.generation),
      asOf,
      isTruncated: String(isCut),
    };
    const chunks = encode(await format.start(columns, facts), pieces, (count) => {
      written += count;
    });
    return write({
      head: {
        generation: generation.generation,
        asOf,
        fileName: fileNameOf(plan, asOf, isCut),
        contentType: format.contentType,
        rows,
        isCut,
      },
      chunks,
      rowsSoFar: () => written,
    });
  });
}

async function* encode(
  encoder: Encoder,
  pieces: AsyncIterable<readonly RowValues[]>,
  onRows: (count: number) => void,
): AsyncGenerator<Chunk> {
  const chunks = async function* () {
    yield encoder.begin();
    for await (const rows of pieces) {
      onRows(rows.length);
      yield encoder.encode(rows);
    }
    yield encoder.end();
  };
  for await (const chunk of chunks()) if (chunk.length > 0) yield chunk;
}

/** Such as `songs-2026-03-01T12-00-00Z.csv`; who has only the file can see of when it is, and that it was cut off. */
function fileNameOf({ name, extension, rowLimit }: ExportPlan, asOf: string, isCut: boolean): string {
  const instant = `${asOf.slice(0, 19).replaceAll(':', '-')}Z`;
  return `${name}-${instant}${isCut ? `-first-${rowLimit}` : ''}.${extension}`;
}
