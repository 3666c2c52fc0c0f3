import type { ReactNode } from 'react';
import { hrefOf } from '../client/route.ts';
import { count } from '../format.ts';
import { Bar } from './numbers.tsx';

export interface RankedSong {
  readonly songId: string;
  readonly title: string | null;
  /** Second line: an artist, or a genre. */
  readonly under: ReactNode;
  readonly rank: number;
  /** How it came to this rank. */
  readonly moved?: ReactNode;
  /** What the list is ordered by. */
  readonly measure: number;
}

/** Songs in their order, each with its measure as a number and as a bar. */
export function RankedSongs({
  songs,
  measureName,
}: {
  readonly songs: readonly RankedSong[];
  readonly measureName: string;
}) {
  const most = Math.max(1, ...songs.map(({ measure }) => Number(measure)));
  return (
    <ol className={songs.some(({ moved }) => moved) ? 'ranked has-moved' : 'ranked'}>
      {songs.map(({ songId, title, under, rank, moved, measure }) => (
        <li key={songId}>
          <span className="rank">
            {count(rank)}
            {moved}
          </span>
          <span className="ranked-name">
            <a className="ranked-title" href={hrefOf('song', songId)}>
              {titleOf(title)}
            </a>
            <span className="under">{under}</span>
          </span>
          <span className="measure">
            <span>
              {count(measure)}
              <span className="unseen"> {measureName}</span>
            </span>
            <Bar ratio={Number(measure) / most} />
          </span>
        </li>
      ))}
    </ol>
  );
}

export function titleOf(title: string | null): string {
  return title?.trim() ? title : 'Untitled';
}
