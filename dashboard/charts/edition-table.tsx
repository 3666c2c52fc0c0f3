import type { ClosedEntryFragment } from '../../src/client/operations.ts';
import { hrefOf } from '../client/route.ts';
import { count, listenerCount, shortAddress } from '../format.ts';
import { Scroll } from '../parts/scroll.tsx';
import { titleOf } from '../parts/songs.tsx';
import { Moved } from './movement.tsx';

/** The songs of an edition; one of them is chosen. */
export function EditionTable({
  caption,
  entries,
  chosen,
  onChoose,
}: {
  readonly caption: string;
  readonly entries: readonly ClosedEntryFragment[];
  /** The identifier of the chosen song. */
  readonly chosen: string | undefined;
  readonly onChoose: (songId: string) => void;
}) {
  return (
    <Scroll label={caption}>
      <table className="edition choosable">
        <thead>
          <tr>
            <th scope="col" className="number">
              Rank
            </th>
            <th scope="col">Change</th>
            <th scope="col">Song</th>
            <th scope="col">Artist</th>
            {['Plays', 'Listeners', 'Peak', 'Weeks'].map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.songId} className={entry.songId === chosen ? 'is-chosen' : undefined}>
              <td className="number">{count(entry.rank)}</td>
              <td>
                <Moved {...entry} />
              </td>
              <th scope="row">
                <button
                  type="button"
                  className="row-button"
                  aria-pressed={entry.songId === chosen}
                  onClick={() => onChoose(entry.songId)}
                >
                  {titleOf(entry.songTitle)}
                </button>
              </th>
              <td>
                {entry.artistAddress && (
                  <a href={hrefOf('artist', entry.artistAddress)}>
                    {entry.artistName || shortAddress(entry.artistAddress)}
                  </a>
                )}
              </td>
              <td className="number">{count(entry.plays)}</td>
              <td className="number">{listenerCount(entry.uniqueListeners)}</td>
              <td className="number">{count(entry.peakRank)}</td>
              <td className="number">{count(entry.editionsOnChart)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
