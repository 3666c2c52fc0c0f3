import { RequestFailure } from '../../src/client/index.ts';
import {
  type StatementAmountsFragment,
  StatementTotalsDocument,
  type StatementTotalsQuery,
} from '../../src/client/operations.ts';
import { askAsOperator } from '../client/polling.ts';
import { exactDifference, exactSum, isNothing } from './exact-amounts.ts';

type ArtistTotals = NonNullable<StatementTotalsQuery['artist']>;
export type OpenStatement = NonNullable<ArtistTotals['openStatement']>;

export interface ListedStatement extends StatementAmountsFragment {
  /** Where it stands in the list of the gateway. */
  readonly cursor: string;
}

/** All statements of an artist, with what they add up to. */
export interface Statements {
  readonly open: OpenStatement;
  /** Newest first. */
  readonly closed: readonly ListedStatement[];
  /** Those of the closed statements. */
  readonly closedPlays: string;
  readonly closedEarnings: string;
  /** Those of the artist. */
  readonly totalPlays: number;
  readonly totalEarnings: string;
  /** By how much the statements and the open month fall short of the artist's totals; nothing, to the last digit. */
  readonly missingPlays: string;
  readonly missingEarnings: string;
}

const perRequest = 100;
const maxRounds = 3;

/**
 * Reads all statements of an artist. Answers from before and after a refresh do not add up, so these are read again.
 * @throws RequestFailure
 */
export async function readStatements(address: string, operatorKey: string): Promise<Statements> {
  for (let round = 1; ; round++) {
    const statements = await readOnce(address, operatorKey);
    const addsUp = isNothing(statements.missingPlays) && isNothing(statements.missingEarnings);
    if (addsUp || round === maxRounds) return statements;
  }
}

async function readOnce(address: string, operatorKey: string): Promise<Statements> {
  const closed: ListedStatement[] = [];
  for (let after: string | null = null; ; ) {
    const { totalPlays, totalEarnings, open, page } = await readPage(address, after, operatorKey);
    closed.push(...page.edges.map(({ cursor, node }) => ({ ...node, cursor })));
    after = page.pageInfo.endCursor ?? null;
    if (page.pageInfo.hasNextPage) continue;
    const closedPlays = exactSum(closed.map((statement) => String(statement.totalPlays)));
    const closedEarnings = exactSum(closed.map((statement) => statement.totalEarnings));
    return {
      open,
      closed,
      closedPlays,
      closedEarnings,
      totalPlays,
      totalEarnings,
      missingPlays: exactDifference(String(totalPlays), exactSum([closedPlays, String(open.totalPlays)])),
      missingEarnings: exactDifference(totalEarnings, exactSum([closedEarnings, open.totalEarnings])),
    };
  }
}

async function readPage(address: string, after: string | null, operatorKey: string) {
  const variables = { address, first: perRequest, after };
  const { artist } = await askAsOperator(StatementTotalsDocument, variables, operatorKey);
  if (!artist?.statements || !artist.openStatement)
    throw new RequestFailure('refused', 'There is no artist with this address.');
  const { totalPlays, totalEarnings, statements: page, openStatement: open } = artist;
  return { totalPlays, totalEarnings, page, open };
}
