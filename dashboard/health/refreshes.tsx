import { useState } from 'react';
import { RequestFailure } from '../../src/client/index.ts';
import {
  RefreshHistoryDocument,
  type RefreshHistoryQuery,
  RefreshViewsDocument,
} from '../../src/client/operations.ts';
import { useOperatorAnswer } from '../client/operator-answer.ts';
import { askAsOperator, polling } from '../client/polling.ts';
import { count, dayAndTime, duration, timeOfDay, words } from '../format.ts';
import { OperatorCard } from '../operator/operator-card.tsx';
import { Plot } from '../parts/plot.tsx';
import { Scroll } from '../parts/scroll.tsx';

/** What the last refreshes did, and a button for one more. */
export function Refreshes({ operatorKey }: { readonly operatorKey: string }) {
  const tile = useOperatorAnswer(RefreshHistoryDocument, { limit: 40 }, operatorKey, 5_000);
  return (
    <OperatorCard
      title="Refreshes"
      className="wide-card"
      tile={tile}
      aside={<RefreshNow operatorKey={operatorKey} onDone={tile.again} />}
    >
      {({ monitoring: { refreshes } }) =>
        refreshes.length === 0 ? (
          <p className="empty">The views have never been refreshed.</p>
        ) : (
          <History refreshes={refreshes} />
        )
      }
    </OperatorCard>
  );
}

function History({ refreshes }: RefreshHistoryQuery['monitoring']) {
  const inOrder = [...refreshes].reverse();
  return (
    <>
      <Plot
        kind="bars"
        label={`Durations of the last ${refreshes.length} refreshes`}
        times={inOrder.map(({ startedAt }) => Date.parse(startedAt) / 1000)}
        format={(value) => duration(value)}
        series={[
          {
            name: 'duration',
            tone: '--plot-1',
            values: inOrder.map(({ error, durationMs }) => (error ? null : durationMs)),
          },
          {
            name: 'failed',
            tone: '--bad',
            values: inOrder.map(({ error, durationMs }) => (error ? durationMs : null)),
          },
        ]}
      />
      <Scroll label="The last refreshes">
        <table className="wide">
          <thead>
            <tr>
              <th scope="col">As of</th>
              <th scope="col">Asked for by</th>
              <th scope="col">Kind</th>
              <th scope="col" className="number">
                Took
              </th>
              <th scope="col" className="number">
                Rows changed
              </th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {refreshes.map(({ startedAt, asOf, trigger, kind, durationMs, rowsChanged, error, reason }) => (
              <tr key={startedAt}>
                <th scope="row" className="nowrap" title={dayAndTime(asOf ?? startedAt)}>
                  {timeOfDay(asOf ?? startedAt)}
                </th>
                <td>{trigger}</td>
                <td title={reason ?? undefined}>{kind ? words(kind) : '–'}</td>
                <td className="number">{duration(durationMs)}</td>
                <td className="number">{rowsChanged === null ? '–' : count(rowsChanged)}</td>
                <td className={error ? 'is-bad' : ''}>{error ?? 'done'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

/** Refreshes the views, and has the page show it at once. */
function RefreshNow({ operatorKey, onDone }: { readonly operatorKey: string; readonly onDone: () => void }) {
  const [isRunning, setRunning] = useState(false);
  const [said, setSaid] = useState('');
  const refresh = async () => {
    setRunning(true);
    setSaid('');
    try {
      const { refreshViews } = await askAsOperator(RefreshViewsDocument, {}, operatorKey);
      setSaid(`${words(refreshViews.outcome)} in ${duration(refreshViews.durationMs)}`);
      await polling.look();
      onDone();
    } catch (error) {
      setSaid(error instanceof RequestFailure ? error.message : String(error));
    }
    setRunning(false);
  };
  return (
    <span className="refresh-now">
      <span role="status" className="hint">
        {said}
      </span>
      <button type="button" className="main" disabled={isRunning} onClick={() => void refresh()}>
        {isRunning ? 'Refreshing' : 'Refresh now'}
      </button>
    </span>
  );
}
