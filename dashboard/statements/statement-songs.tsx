import { hrefOf } from '../client/route.ts';
import { count } from '../format.ts';
import { Amount } from '../parts/numbers.tsx';
import { titleOf } from '../parts/songs.tsx';
import { Pager } from './pager.tsx';
import { type Lines, type Place, songsPerPage } from './read-lines.ts';

/** The songs of a month, most earned first, page by page. */
export function StatementSongs({
  songs: { nodes, pageInfo },
  place,
  onPlace,
}: Pick<Lines, 'songs' | 'place'> & { readonly onPlace: (place: Place) => void }) {
  if (nodes.length === 0 && place.length === 0) return <p className="empty">No plays in this month.</p>;
  const start = place.length * songsPerPage;
  const next = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  return (
    <>
      <h3>Songs</h3>
      <table>
        <thead>
          <tr>
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
          {nodes.map(({ songId, songTitle, plays, earnings }) => (
            <tr key={songId}>
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
      {(place.length > 0 || next) && (
        <Pager
          noun="songs"
          shown={`${count(start + 1)} to ${count(start + nodes.length)}`}
          onPrevious={place.length > 0 ? () => onPlace(place.slice(0, -1)) : undefined}
          onNext={next ? () => onPlace([...place, next]) : undefined}
        />
      )}
    </>
  );
}
