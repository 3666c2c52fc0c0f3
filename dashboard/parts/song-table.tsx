import type { SongNumbersFragment } from '../../src/client/operations.ts';
import { hrefOf } from '../client/route.ts';
import { count, decimal, listenerCount, shortAddress, words } from '../format.ts';
import { Scroll } from './scroll.tsx';
import { titleOf } from './songs.tsx';

/** A song, with the name of its artist where the table shows artists. */
type ListedSong = SongNumbersFragment & { readonly artist?: { readonly artistName: string | null } | null };

/** Songs with the numbers that are compared most. */
export function SongTable({
  songs,
  caption,
  showsArtist = false,
}: {
  readonly songs: readonly ListedSong[];
  readonly caption: string;
  readonly showsArtist?: boolean;
}) {
  return (
    <Scroll label={caption}>
      <table className="wide">
        <thead>
          <tr>
            <th scope="col">Song</th>
            {showsArtist && <th scope="col">Artist</th>}
            <th scope="col">Genre</th>
            <th scope="col">Model</th>
            <th scope="col" className="number">
              Plays
            </th>
            <th scope="col" className="number">
              7 days
            </th>
            <th scope="col" className="number">
              Listeners
            </th>
            <th scope="col" className="number">
              Score
            </th>
            <th scope="col" className="number">
              Earned, FLOW
            </th>
          </tr>
        </thead>
        <tbody>
          {songs.map((song) => (
            <tr key={song.songId}>
              <th scope="row">
                <a href={hrefOf('song', song.songId)}>{titleOf(song.title)}</a>
              </th>
              {showsArtist && (
                <td>
                  {song.artistAddress && (
                    <a href={hrefOf('artist', song.artistAddress)}>
                      {song.artist?.artistName || <code>{shortAddress(song.artistAddress)}</code>}
                    </a>
                  )}
                </td>
              )}
              <td>{song.genre ?? '–'}</td>
              <td className="nowrap">{song.strategy ? words(song.strategy) : '–'}</td>
              <td className="number">{count(song.playCount)}</td>
              <td className="number">{count(song.playsLast7Days)}</td>
              <td className="number">{listenerCount(song.uniqueListeners)}</td>
              <td className="number">{count(song.trendingScore)}</td>
              <td className="number" title={`${song.totalEarnings} FLOW`}>
                {decimal(song.totalEarnings)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
