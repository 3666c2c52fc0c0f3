import { type ReactNode, useId } from 'react';
import type { Answer, Latest, RequestFailure } from '../../src/client/index.ts';
import { polling } from '../client/polling.ts';
import { dayAndTime, timeOfDay } from '../format.ts';

export interface CardProps {
  readonly title: string;
  /** What stands at the right end of the title's line. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}

/** A titled part of the page. */
export function Card({ title, aside, className = '', isBusy = false, children }: CardProps) {
  const id = useId();
  return (
    <section className={`card ${className}`} aria-labelledby={id} aria-busy={isBusy || undefined}>
      <header className="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

export interface AnswerCardProps<Data> extends Omit<CardProps, 'aside' | 'isBusy' | 'children'> {
  readonly tile: Latest<Data>;
  /** What stands above the answer, and stays while another one is on its way. */
  readonly controls?: ReactNode;
  /** What to say in place of the numbers, or null when there are some. */
  readonly emptyText?: (data: Data) => string | null;
  readonly children: (data: Data) => ReactNode;
}

/** A card over one answer: while it is on its way, when it failed, when it is empty, and when it is there. */
export function AnswerCard<Data>({ tile, controls, emptyText, children, ...card }: AnswerCardProps<Data>) {
  const { answer, failure } = tile;
  const empty = answer && emptyText?.(answer.data);
  return (
    <Card {...card} aside={answer && <AsOf answer={answer} />} isBusy={!answer && !failure}>
      {controls}
      {failure && <Failed failure={failure} onAgain={() => void polling.look()} />}
      {!answer && !failure && <Waiting />}
      {answer && (empty ? <p className="empty">{empty}</p> : children(answer.data))}
    </Card>
  );
}

/** The instant that the numbers of a card hold for. */
export function AsOf({ answer: { freshness, isStale } }: { readonly answer: Answer<unknown> }) {
  if (!freshness) return null;
  return (
    <span className={isStale ? 'as-of is-stale' : 'as-of'}>
      {isStale ? 'Stale, as of ' : 'as of '}
      <time dateTime={freshness.asOf} title={`${dayAndTime(freshness.asOf)} (${freshness.asOf})`}>
        {timeOfDay(freshness.asOf)}
      </time>
    </span>
  );
}

export function Failed({
  failure,
  onAgain,
}: {
  readonly failure: RequestFailure;
  readonly onAgain?: () => void;
}) {
  return (
    <div className="failed" role="alert">
      <p>{failure.message}</p>
      {failure.requestId && (
        <p className="hint">
          Request <code>{failure.requestId}</code>
        </p>
      )}
      {onAgain && (
        <button type="button" onClick={onAgain}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Shapes of what is to come. */
export function Waiting({ rows = 5 }: { readonly rows?: number }) {
  return (
    <div className="waiting">
      <span className="unseen">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never move
        <span key={row} className="bone" aria-hidden="true" />
      ))}
    </div>
  );
}
