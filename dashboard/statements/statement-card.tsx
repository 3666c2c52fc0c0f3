import { useCallback, useState } from 'react';
import type { StatementAmountsFragment } from '../../src/client/operations.ts';
import { usePrivateAnswer } from '../client/private-answer.ts';
import { count, dayAndTime } from '../format.ts';
import { OperatorCard } from '../operator/operator-card.tsx';
import { Figures, Flow } from '../parts/numbers.tsx';
import { Adjustments } from './adjustments.tsx';
import { exactDifference } from './exact-amounts.ts';
import { monthName } from './month-name.ts';
import { type Place, type Position, readLines } from './read-lines.ts';
import { StatementSongs } from './statement-songs.tsx';
import { Strategies, type StrategiesProps } from './strategies.tsx';

/** One statement with its songs and its adjustments. */
export function StatementCard({
  address,
  statement,
  before,
  operatorKey,
}: {
  readonly address: string;
  readonly statement: StatementAmountsFragment & { readonly byStrategy?: StrategiesProps['strategies'] };
  /** The cursor of the statement before it in time; null for the oldest. */
  readonly before: string | null;
  readonly operatorKey: string;
}) {
  const { id, month, closedAt, backfilled, plays, earnings, totalPlays, totalEarnings } = statement;
  const isOpen = closedAt === null;
  const [place, setPlace] = useState<Place>([]);
  const ask = useCallback(() => {
    const position: Position = isOpen ? { isOpen } : { isOpen, before };
    return readLines(address, position, place, operatorKey);
  }, [address, isOpen, before, place, operatorKey]);
  const tile = usePrivateAnswer(ask, { isFinal: !isOpen });
  // Another month may have been opened since the list was read.
  const data = tile.data?.id === id ? tile.data : null;
  return (
    <OperatorCard title={monthName(month)} className="statement" tile={{ ...tile, data }}>
      {(lines) => (
        <>
          <p className="hint">
            {isOpen
              ? 'Not closed yet: it moves with every refresh.'
              : `Closed on ${dayAndTime(closedAt)}; it does not change.`}
            {backfilled && ' The month was over before there were statements.'}
          </p>
          <Figures
            figures={[
              { label: 'Earned', value: <Flow amount={earnings} />, note: `${count(plays)} plays` },
              {
                label: 'Adjustments',
                value: <Flow amount={exactDifference(totalEarnings, earnings)} />,
                note: `${count(exactDifference(String(totalPlays), String(plays)))} plays`,
              },
              {
                label: 'Together',
                value: <Flow amount={totalEarnings} />,
                note: `${count(totalPlays)} plays`,
              },
            ]}
          />
          <Strategies strategies={statement.byStrategy ?? lines.byStrategy ?? []} />
          <StatementSongs {...lines} onPlace={setPlace} />
          <Adjustments adjustments={lines.adjustments} />
        </>
      )}
    </OperatorCard>
  );
}
