import { useState } from 'react';
import { count, dayAndTime } from '../format.ts';
import { Amount } from '../parts/numbers.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { exactDifference } from './exact-amounts.ts';
import { monthName } from './month-name.ts';
import { Pager } from './pager.tsx';
import type { Statements } from './read-statements.ts';

const perPage = 12;

/** The open month and the closed statements, page by page; one of them is chosen. */
export function StatementList({
  statements: { open, closed },
  chosen,
  onChoose,
}: {
  readonly statements: Statements;
  /** The month of the chosen one. */
  readonly chosen: string;
  readonly onChoose: (month: string) => void;
}) {
  const all = [open, ...closed];
  const [page, setPage] = useState(() =>
    Math.floor(
      Math.max(
        0,
        all.findIndex(({ month }) => month === chosen),
      ) / perPage,
    ),
  );
  const start = page * perPage;
  const shown = all.slice(start, start + perPage);
  return (
    <>
      <Scroll label="Statements, newest first">
        <table className="statement-list choosable">
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col">Closed</th>
              {['Plays', 'Earned, FLOW', 'Adjustments, FLOW', 'Together, FLOW'].map((name) => (
                <th key={name} scope="col" className="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ id, month, closedAt, plays, earnings, totalEarnings }) => (
              <tr key={id} className={month === chosen ? 'is-chosen' : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className="row-button"
                    aria-pressed={month === chosen}
                    onClick={() => onChoose(month)}
                  >
                    {monthName(month)}
                  </button>
                </th>
                <td className="nowrap">{closedAt === null ? 'not yet' : dayAndTime(closedAt)}</td>
                <td className="number">{count(plays)}</td>
                <td className="number">
                  <Amount value={earnings} />
                </td>
                <td className="number">
                  <Amount value={exactDifference(totalEarnings, earnings)} />
                </td>
                <td className="number">
                  <Amount value={totalEarnings} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {all.length > perPage && (
        <Pager
          noun="statements"
          shown={`${count(start + 1)} to ${count(start + shown.length)} of ${count(all.length)}`}
          onPrevious={page > 0 ? () => setPage(page - 1) : undefined}
          onNext={start + perPage < all.length ? () => setPage(page + 1) : undefined}
        />
      )}
    </>
  );
}
