import { badInput } from '../../../errors.js';
import { openCursor, sealCursor } from '../../paging/cursor.js';

const list = 'chart_edition';

export function editionCursor(genre: string | null, number: number): string {
  return sealCursor([list, genre, number]);
}

/** @throws GatewayError `BAD_USER_INPUT` when it is not a cursor of the editions of this chart */
export function numberInCursor(argument: string, cursor: string, genre: string | null): number {
  const [name, ofGenre, number] = openCursor(cursor) ?? refuse(argument, 'something that is no cursor');
  if (name !== list || ofGenre !== genre) refuse(argument, 'a cursor of another list');
  if (!Number.isInteger(number) || Math.abs(number as number) > 2 ** 31 - 1)
    refuse(argument, 'a cursor that was changed');
  return number as number;
}

function refuse(argument: string, got: string): never {
  throw badInput(`${argument}: expected a cursor that this list gave, got ${got}`);
}
