import { RequestFailure } from '../../src/client/index.ts';
import {
  ClosedStatementDocument,
  type ClosedStatementQuery,
  type ClosedStatementQueryVariables,
  OpenStatementDocument,
  type OpenStatementQueryVariables,
} from '../../src/client/operations.ts';
import { askAsOperator } from '../client/polling.ts';

type ClosedStatement = NonNullable<
  NonNullable<ClosedStatementQuery['artist']>['statements']
>['nodes'][number];

/** A page of the songs of a statement, and its adjustments. */
export interface Lines extends Pick<ClosedStatement, 'id' | 'songs' | 'adjustments'> {
  /** Absent where the list of statements has it. */
  readonly byStrategy: ClosedStatement['byStrategy'] | undefined;
  readonly place: Place;
}

/** The cursors that lead to a page, the last one to the page itself. */
export type Place = readonly string[];

/** Where a statement stands: the open one, or the closed one right before a cursor, which is null for the oldest. */
export type Position = { readonly isOpen: true } | { readonly isOpen: false; readonly before: string | null };

export const songsPerPage = 10;

/** @throws RequestFailure */
export async function readLines(
  address: string,
  position: Position,
  place: Place,
  operatorKey: string,
): Promise<Lines> {
  const page = { address, first: songsPerPage, after: place.at(-1) ?? null };
  const statement = position.isOpen
    ? await readOpen(page, operatorKey)
    : await readClosed({ ...page, before: position.before }, operatorKey);
  if (!statement) throw new RequestFailure('refused', 'There is no such statement.');
  return { ...statement, place };
}

async function readOpen(variables: OpenStatementQueryVariables, operatorKey: string) {
  const { artist } = await askAsOperator(OpenStatementDocument, variables, operatorKey);
  return artist?.openStatement && { ...artist.openStatement, byStrategy: undefined };
}

async function readClosed(variables: ClosedStatementQueryVariables, operatorKey: string) {
  const { artist } = await askAsOperator(ClosedStatementDocument, variables, operatorKey);
  return artist?.statements?.nodes[0];
}
