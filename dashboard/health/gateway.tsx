import { GatewayHealthDocument, type GatewayHealthQuery } from '../../src/client/operations.ts';
import { useOperatorAnswer } from '../client/operator-answer.ts';
import { bytes, count, dayAndTime, share, span, timeOfDay, words } from '../format.ts';
import { OperatorCard } from '../operator/operator-card.tsx';
import { Bar, Figures } from '../parts/numbers.tsx';

type Health = GatewayHealthQuery['monitoring'];

/** Connections, kept answers, how old the views are, and what went wrong. */
export function Gateway({ operatorKey }: { readonly operatorKey: string }) {
  const tile = useOperatorAnswer(GatewayHealthDocument, { limit: 10 }, operatorKey, 3_000);
  return (
    <>
      <OperatorCard title="Connections" tile={tile}>
        {({ monitoring: { pool, thresholds } }) => (
          <>
            <Figures
              figures={[
                { label: 'In use', value: `${count(pool.active)} of ${count(pool.max)}` },
                { label: 'Open', value: count(pool.total), note: `${count(pool.idle)} idle` },
                { label: 'Waiting', value: count(pool.waiting), note: 'queries' },
              ]}
            />
            <Bar
              ratio={pool.utilization / 100}
              tone={pool.utilization >= thresholds.connectionPoolWarning ? 'is-warning' : ''}
            />
          </>
        )}
      </OperatorCard>
      <OperatorCard title="Kept answers" tile={tile}>
        {({ monitoring: { cache } }) => (
          <>
            <Figures
              figures={[
                {
                  label: 'Not executed',
                  value: cache.hitRatio === null ? '–' : share(cache.hitRatio),
                  note: 'of requests',
                },
                { label: 'Revalidated', value: count(cache.revalidated), note: 'with 304' },
                { label: 'Kept', value: count(cache.entries), note: bytes(Number(cache.bytes)) },
              ]}
            />
            <Bar ratio={cache.hitRatio ?? 0} />
          </>
        )}
      </OperatorCard>
      <OperatorCard title="Views" tile={tile}>
        {({ monitoring: { viewFreshness } }) => <Views views={viewFreshness} />}
      </OperatorCard>
      <OperatorCard title="Alerts" tile={tile}>
        {({ monitoring: { alerts } }) => <Alerts alerts={alerts} />}
      </OperatorCard>
    </>
  );
}

function Views({ views }: { readonly views: Health['viewFreshness'] }) {
  const next = views[0]?.nextRefreshAt;
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">View</th>
            <th scope="col" className="number">
              As of
            </th>
            <th scope="col" className="number">
              Age
            </th>
          </tr>
        </thead>
        <tbody>
          {views.map(({ view, lastRefreshed, ageSeconds, stale }) => (
            <tr key={view}>
              <th scope="row">
                <code>{view.toLowerCase()}</code>
              </th>
              <td className="number wraps">{lastRefreshed ? timeOfDay(lastRefreshed) : 'never'}</td>
              <td className={stale ? 'number wraps is-warning' : 'number wraps'}>
                {ageSeconds === null ? '–' : span(ageSeconds * 1000)}
                {stale && ', stale'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">
        {next ? `The next refresh is planned for ${timeOfDay(next)}.` : 'This gateway has no schedule.'}
      </p>
    </>
  );
}

function Alerts({ alerts }: { readonly alerts: Health['alerts'] }) {
  if (alerts.length === 0) return <p className="empty">Nothing went wrong since the gateway was started.</p>;
  return (
    <ul className="notes">
      {alerts.map(({ kind, subject, message, raisedAt, count: times, recovered }) => (
        <li key={`${kind} ${subject} ${raisedAt}`} className={recovered ? '' : 'is-open'}>
          <strong>{words(kind)}</strong> <code>{subject}</code>
          {recovered && <span className="hint"> over</span>}
          <br />
          {message}
          <span className="hint">
            {' '}
            {dayAndTime(raisedAt)}
            {Number(times) > 1 && `, ${count(times)} times`}
          </span>
        </li>
      ))}
    </ul>
  );
}
