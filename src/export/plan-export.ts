import type { GraphQLSchema } from 'graphql';
import type { Viewer } from '../auth/viewer.js';
import { allRows, type Limits } from '../config/limits.js';
import { badInput, GatewayError } from '../errors.js';
import { costFault } from '../limits/cost/cost-limit.js';
import type { ExportColumn, ExportList, ListPlan } from './export-list.js';
import type { Format } from './formats/format.js';
import { Parameters } from './parameters/parameters.js';
import { selectedColumns } from './parameters/selected-columns.js';

/** What is asked for. */
export interface ExportRequest {
  readonly list: ExportList;
  /** The extension of its files, and the format. */
  readonly extension: string;
  readonly format: Format;
  readonly parameters: ReadonlyMap<string, string>;
  readonly viewer: Viewer;
}

export interface ExportRules {
  readonly schema: GraphQLSchema;
  readonly limits: Limits;
  /** Whether errors may name what is in the schema. */
  readonly describesSchema: boolean;
}

/** An export that may be run. */
export interface ExportPlan {
  readonly name: string;
  readonly view: ExportList['view'];
  readonly extension: string;
  readonly format: Format;
  readonly columns: readonly ExportColumn[];
  /** How many rows the viewer gets at most; null for all. */
  readonly rowLimit: number | null;
  /** What it takes from the budget of the client. */
  readonly units: number;
  readonly open: ListPlan['open'];
}

/** Rows above this number are free, so that a large export stays within an operator's burst. */
const maxRowUnits = 100_000;

/**
 * Checks an export before anything is read.
 * @throws GatewayError `BAD_USER_INPUT`, `UNAUTHENTICATED`, `FORBIDDEN` or `COST_LIMIT_EXCEEDED`
 */
export function planExport(
  request: ExportRequest,
  { schema, limits, describesSchema }: ExportRules,
): ExportPlan {
  const { list, extension, format, viewer } = request;
  const parameters = new Parameters(request.parameters, schema, viewer, describesSchema);
  const { cost, open } = list.plan(parameters);
  requireKnown(list, request.parameters);
  const columns = selectedColumns(list, parameters);
  const { units, conditions, patterns } = cost;
  const fault = costFault({ requested: units, conditions, patterns, counts: 0, longest: null }, limits);
  if (fault) throw fault;
  const rowLimit = limits.exportRows >= allRows ? null : limits.exportRows;
  const rowUnits = Math.min(rowLimit ?? maxRowUnits, list.maxRows ?? maxRowUnits);
  return {
    name: list.name,
    view: list.view,
    extension,
    format,
    columns,
    rowLimit,
    units: units + rowUnits,
    open,
  };
}

/** A name that is mistyped must not lead to a file with all rows. */
function requireKnown({ name, parameters }: ExportList, given: ReadonlyMap<string, string>): void {
  const known = [...parameters, 'fields'];
  for (const parameter of given.keys())
    if (!known.includes(parameter))
      throw badInput(
        `${parameter.slice(0, 80)}: expected ${known.join(', ')} for ${name}, got a parameter that it does not take`,
      );
}

/** Filters of one's own are what trusted documents are there to prevent. */
export function refuseUntrusted(viewer: Viewer, trustedDocumentsOnly: boolean): void {
  if (trustedDocumentsOnly && viewer.kind !== 'operator')
    throw new GatewayError(
      'FORBIDDEN',
      'The export: expected the credentials of an operator, because only trusted documents are answered here.',
    );
}
