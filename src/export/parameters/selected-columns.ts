import { badInput } from '../../errors.js';
import type { ExportColumn, ExportList } from '../export-list.js';
import type { Parameters } from './parameters.js';

/**
 * The columns that `fields` names, in its order; all when it is missing.
 * @throws GatewayError `BAD_USER_INPUT` for a name that is unknown or comes twice
 */
export function selectedColumns({ columns }: ExportList, parameters: Parameters): readonly ExportColumn[] {
  const text = parameters.text('fields');
  if (text === null) return columns;
  const names = text.split(',').map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw badInput(`fields: expected each name once, got ${JSON.stringify(twice)} twice`);
  return names.map((name) => {
    const column = columns.find(({ field }) => field === name);
    if (column) return column;
    const known = parameters.describesSchema
      ? `names out of ${columns.map(({ field }) => field).join(', ')}`
      : 'names of fields that the list has';
    throw badInput(`fields: expected ${known}, got ${JSON.stringify(name.slice(0, 80))}`);
  });
}
