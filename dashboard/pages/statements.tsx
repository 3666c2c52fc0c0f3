import { type ReactNode, useCallback, useRef } from 'react';
import { ArtistDocument } from '../../src/client/operations.ts';
import { usePrivateAnswer } from '../client/private-answer.ts';
import { hrefOf } from '../client/route.ts';
import { useAnswer } from '../client/use-answer.ts';
import { shortAddress } from '../format.ts';
import type { KeyFormProps } from '../operator/key-form.tsx';
import { OperatorCard } from '../operator/operator-card.tsx';
import { WithKey } from '../operator/with-key.tsx';
import { AnswerCard, Card } from '../parts/card.tsx';
import { Subject } from '../parts/subject.tsx';
import { EarningsPicture } from '../statements/earnings-picture.tsx';
import { readStatements, type Statements } from '../statements/read-statements.ts';
import { StatementCard } from '../statements/statement-card.tsx';
import { StatementList } from '../statements/statement-list.tsx';
import { Sum } from '../statements/sum.tsx';

const form: KeyFormProps = {
  title: 'Statements are private',
  children: (
    <>
      They are for the artist itself, which asks for them at <code>/graphql</code> with its token, and for
      operators.
    </>
  ),
  purpose: 'look at the statements of an artist',
  action: 'Show the statements',
};

interface StatementsPageProps {
  readonly address: string;
  readonly parameters: URLSearchParams;
}

/** The statements of an artist by month, for operators. The address says which one is shown. */
export default function StatementsPage({ address, parameters }: StatementsPageProps) {
  const tile = useAnswer(ArtistDocument, { address });
  const artist = tile.answer?.data.artist;
  const subject = (
    <Subject kind="Statements of an artist" name={artist?.artistName || shortAddress(address)}>
      {artist && (
        <>
          <a href={hrefOf('artist', address)}>Figures and songs</a>
          {' · '}
        </>
      )}
      <code>{address}</code>
    </Subject>
  );
  if (!artist)
    return (
      <div className="page">
        {subject}
        <AnswerCard title="Statements" tile={tile} emptyText={() => 'There is no artist with this address.'}>
          {() => null}
        </AnswerCard>
      </div>
    );
  return (
    <WithKey
      form={form}
      around={(keyForm) => (
        <div className="key-page">
          {subject}
          {keyForm}
        </div>
      )}
    >
      {(operatorKey, forgetKey) => (
        <div className="statements-page">
          <div className="page-head">
            {subject}
            {forgetKey}
          </div>
          <OfArtist address={address} chosen={parameters.get('month')} operatorKey={operatorKey} />
        </div>
      )}
    </WithKey>
  );
}

function OfArtist({
  address,
  chosen,
  operatorKey,
}: {
  readonly address: string;
  /** A month such as 2026-02; null for the open one. */
  readonly chosen: string | null;
  readonly operatorKey: string;
}) {
  const ask = useCallback(() => readStatements(address, operatorKey), [address, operatorKey]);
  const tile = usePrivateAnswer(ask);
  const detail = useRef<HTMLDivElement>(null);
  return (
    <>
      <OperatorCard title="Earnings by month" className="series wide-card" tile={tile}>
        {(statements) => (
          <>
            <Sum statements={statements} />
            {statements.closed.length === 0 ? (
              <p className="empty">
                No month of this artist is closed. The first refresh after a month with plays closes it.
              </p>
            ) : (
              <EarningsPicture statements={statements} />
            )}
          </>
        )}
      </OperatorCard>
      {tile.data && (
        <>
          <Card title="Statements" className="list">
            <StatementList
              statements={tile.data}
              chosen={chosen ?? tile.data.open.month}
              onChoose={(month) => {
                go(address, month === tile.data?.open.month ? null : month);
                detail.current?.scrollIntoView({ block: 'nearest' });
              }}
            />
          </Card>
          <div className="statement-place" ref={detail}>
            {chosenCard(tile.data, chosen, { address, operatorKey })}
          </div>
        </>
      )}
    </>
  );
}

function chosenCard(
  { open, closed }: Statements,
  chosen: string | null,
  common: { readonly address: string; readonly operatorKey: string },
): ReactNode {
  if (chosen === null || chosen === open.month)
    return <StatementCard key={open.id} statement={open} before={null} {...common} />;
  const position = closed.findIndex(({ month }) => month === chosen);
  const statement = closed[position];
  if (!statement)
    return (
      <Card title="No statement">
        <p className="empty">There is no statement of this month.</p>
      </Card>
    );
  const before = closed[position + 1]?.cursor ?? null;
  return <StatementCard key={statement.id} statement={statement} before={before} {...common} />;
}

/** The open month is not named in the address, so that the page goes on to the next one. */
function go(address: string, month: string | null): void {
  const place = hrefOf('artist', address, 'statements');
  location.replace(month === null ? place : `${place}?${new URLSearchParams({ month })}`);
}
