import type { AnalyticsReader } from '../analytics/withholding/analytics-reader.js';
import type { ColumnKind } from '../catalogue/column.js';
import type { ViewName } from '../catalogue/view.js';
import type { RowValues, Snapshot } from '../database/session/snapshot.js';
import type { ListCost } from '../limits/cost/list-cost.js';
import type { ListName } from './names.js';
import type { Parameters } from './parameters/parameters.js';

/** One column of a file, under the name that GraphQL gives it. */
export interface ExportColumn {
  readonly field: string;
  readonly kind: ColumnKind | 'flag';
  readonly nullable: boolean;
}

/** What of a list is read. */
export interface Extent {
  readonly columns: readonly ExportColumn[];
  /** The first rows; null reads all. */
  readonly limit: number | null;
  /** Whether rows are counted before they are read. With a limit they always are. */
  readonly isCounted: boolean;
}

/** A state of the database, with what may be shown of it. */
export interface AnalyticsSnapshot extends Snapshot {
  readonly reader: AnalyticsReader;
}

/** The rows of a list in one snapshot, piece by piece. */
export interface OpenedList {
  /** How many rows there are, or any number above the limit; null when they were not counted. */
  readonly total: number | null;
  readonly pieces: AsyncIterable<readonly RowValues[]>;
}

/** A list with the parameters of one request, which were checked. */
export interface ListPlan {
  /** What finding the rows costs. */
  readonly cost: ListCost;
  open(snapshot: AnalyticsSnapshot, extent: Extent): Promise<OpenedList>;
}

/** A list that can be had as a file. */
export interface ExportList {
  readonly name: ListName;
  /** The view that it lists, which may be behind the last refresh; null for what every refresh moves. */
  readonly view: ViewName | null;
  readonly columns: readonly ExportColumn[];
  /** The parameters that it takes besides `fields`. */
  readonly parameters: readonly string[];
  /** How many rows it has at most; null where nobody knows. */
  readonly maxRows: number | null;
  /** @throws GatewayError for a viewer who may not read it, and for parameters that do not fit */
  plan(parameters: Parameters): ListPlan;
}
