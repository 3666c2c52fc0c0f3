import { useState } from 'react';
import { hrefOf } from '../client/route.ts';
import { count } from '../format.ts';
import { Amount } from '../parts/numbers.tsx';
import { titleOf } from '../parts/songs.tsx';
import { monthName } from './month-name.ts';
import { Pager } from './pager.tsx';
import type { Lines } from './read-lines.ts';

const perPage = 10;

/** What changed in months that were closed before, page by page. */
export function Adjustments({ adjustments }: Pick<Lines, 'adjustments'>) {
  const [page, setPage] = useState(0);
  // There may be fewer than before.
  const start = Math.min(page, Math.max(0, Math.ceil(adjustments.length / perPage) - 1)) * perPage;
  const shown = adjustments.slice(start, start + perPage);
  return (
    <>
      <h3>Adjustments of earlier months</h3>
      {shown.length === 0 ? (
        <p className="empty">None.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col">Song</th>
              <th scope="col" className="number">
                Plays
              </th>
              <th scope="col" className="number">
                Earned, FLOW
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ month, songId, songTitle, plays, earnings }) => (
              <tr key={`${month} ${songId}`}>
                <td>{monthName(month)}</td>
                <th scope="row">
                  <a href={hrefOf('song', songId)}>{titleOf(songTitle)}</a>
                </th>
                <td className="number">{count(plays)}</td>
                <td className="number">
                  <Amount value={earnings} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {adjustments.length > perPage && (
        <Pager
          noun="adjustments"
          shown={`${count(start + 1)} to ${count(start + shown.length)} of ${count(adjustments.length)}`}
          onPrevious={start > 0 ? () => setPage(start / perPage - 1) : undefined}
          onNext={start + perPage < adjustments.length ? () => setPage(start / perPage + 1) : undefined}
        />
      )}
    </>
  );
}
