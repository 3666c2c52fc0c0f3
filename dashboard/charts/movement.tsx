import type { ChartStatus } from '../../src/client/operations.ts';
import { count } from '../format.ts';

export interface Movement {
  readonly status: ChartStatus;
  readonly rank: number;
  readonly previousRank: number | null;
}

/** How a song came to its place: an arrow with the number of places, or a word. */
export function Moved({ status, rank, previousRank }: Movement) {
  const places = Math.abs(rank - (previousRank ?? rank));
  switch (status) {
    case 'NEW':
      return <span className="moved is-new">New</span>;
    case 'RE_ENTRY':
      return <span className="moved is-new">Re-entry</span>;
    case 'SAME':
      return <Arrow sign="=" words="Same place" />;
    default:
      return (
        <Arrow
          sign={status === 'UP' ? '▲' : '▼'}
          tone={status === 'UP' ? 'is-up' : 'is-down'}
          words={`${status === 'UP' ? 'Up' : 'Down'} ${count(places)}`}
          shown={count(places)}
        />
      );
  }
}

/** A sign for the eye, and words for screen readers, which read signs in their own ways. */
function Arrow({
  sign,
  words,
  tone = '',
  shown = '',
}: {
  readonly sign: string;
  readonly words: string;
  readonly tone?: string;
  readonly shown?: string;
}) {
  return (
    <span className={`moved ${tone}`} title={words}>
      <span aria-hidden="true">
        {sign} {shown}
      </span>
      <span className="unseen">{words}</span>
    </span>
  );
}
