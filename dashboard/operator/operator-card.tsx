import type { ReactNode } from 'react';
import type { OperatorTile } from '../client/operator-answer.ts';
import { Card, type CardProps, Failed, Waiting } from '../parts/card.tsx';

export interface OperatorCardProps<Data> extends Omit<CardProps, 'isBusy' | 'children'> {
  readonly tile: OperatorTile<Data>;
  readonly children: (data: Data) => ReactNode;
}

/** A card over what only operators see: on its way, failed, or there. */
export function OperatorCard<Data>({ tile, children, ...card }: OperatorCardProps<Data>) {
  const { data, failure, again } = tile;
  return (
    <Card {...card} isBusy={!data && !failure}>
      {failure && <Failed failure={failure} onAgain={again} />}
      {!data && !failure && <Waiting rows={3} />}
      {data && children(data)}
    </Card>
  );
}

/** A fact that the server does not let this gateway see, and what it would take. */
export function Unavailable({ needs }: { readonly needs: string | readonly string[] | null }) {
  const text = Array.isArray(needs) ? needs.join(' ') : needs;
  return <p className="empty">Not to be seen here. {text}</p>;
}
