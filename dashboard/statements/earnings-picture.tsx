import type { StatementAmountsFragment } from '../../src/client/operations.ts';
import { compact, count, decimal } from '../format.ts';
import { LazyPlot } from '../parts/lazy-plot.tsx';
import { Amount } from '../parts/numbers.tsx';
import { BucketTable } from '../series/bucket-table.tsx';
import { exactDifference, isNothing } from './exact-amounts.ts';
import { monthCalendar, monthName, startOfMonth } from './month-name.ts';
import type { Statements } from './read-statements.ts';

/** How many months are drawn at most; plays may be stamped in any year. */
const maxMonths = 120;

/** What each month earned with its adjustments, as bars and as a table. */
export function EarningsPicture({ statements: { open, closed } }: { readonly statements: Statements }) {
  const last = numberOf(open.month);
  const drawn = [open, ...closed].filter(({ month }) => last - numberOf(month) < maxMonths);
  const first = Math.min(...drawn.map(({ month }) => numberOf(month)));
  const positions = Array.from({ length: last - first + 1 }, (_, position) => position);
  const starts = positions.map((position) => startOfMonth(monthAt(first + position)));
  const statementAt = new Map(drawn.map((statement) => [numberOf(statement.month) - first, statement]));
  const valuesWhere = (isShown: (statement: StatementAmountsFragment) => boolean) =>
    positions.map((position) => {
      const statement = statementAt.get(position);
      return statement && isShown(statement) ? Number(statement.totalEarnings) : null;
    });
  return (
    <>
      <p className="hint">
        Months are those of UTC.
        {drawn.length <= closed.length && ` The last ${count(maxMonths)} are drawn.`}
      </p>
      <LazyPlot
        kind="bars"
        label={`Earnings of ${count(drawn.length)} months, the open one included`}
        times={positions}
        series={[
          {
            name: 'Closed statements with their adjustments',
            tone: '--plot-1',
            values: valuesWhere(({ closedAt }) => closedAt !== null),
          },
          {
            name: `${monthName(open.month)}, not closed yet`,
            tone: '--plot-1',
            role: 'open',
            values: valuesWhere(({ closedAt }) => closedAt === null),
          },
        ]}
        format={compact}
        buckets={{
          name: (position) => monthCalendar.brief(starts[position] ?? starts[0] ?? ''),
          marks: (room) => monthCalendar.marks(starts, room),
          reading: (position) => {
            if (position === null) return 'Point at the picture to read its values.';
            return readingOf(monthAt(first + position), statementAt.get(position));
          },
        }}
      />
      <BucketTable
        caption="Earnings by month"
        columns={['Month', 'Plays', 'Earned, FLOW', 'Adjustments, FLOW', 'Together, FLOW']}
        rows={drawn.map((statement) => ({
          start: statement.month,
          name: monthName(statement.month),
          isPartial: statement.closedAt === null,
          cells: [
            count(statement.plays),
            <Amount key="earned" value={statement.earnings} />,
            <Amount key="adjusted" value={exactDifference(statement.totalEarnings, statement.earnings)} />,
            <Amount key="together" value={statement.totalEarnings} />,
          ],
        }))}
      />
    </>
  );
}

function readingOf(month: string, statement: StatementAmountsFragment | undefined): string {
  if (!statement) return `${monthName(month)}: no statement, as nothing was played or adjusted`;
  const { totalEarnings, earnings, closedAt } = statement;
  const adjusted = exactDifference(totalEarnings, earnings);
  const name = `${monthName(month)}${closedAt === null ? ', not closed yet' : ''}`;
  const note = isNothing(adjusted) ? '' : `, with ${decimal(adjusted)} FLOW of adjustments`;
  return `${name}: ${decimal(totalEarnings)} FLOW${note}`;
}

/** Months are numbered one after the other. */
function numberOf(month: string): number {
  const [year = 0, monthOfYear = 1] = month.split('-').map(Number);
  return year * 12 + monthOfYear - 1;
}

function monthAt(number: number): string {
  const year = String(Math.floor(number / 12)).padStart(4, '0');
  return `${year}-${String((number % 12) + 1).padStart(2, '0')}`;
}
