import { useEffect, useState } from 'react';
import { QueryHealthDocument } from '../../src/client/operations.ts';
import { useOperatorAnswer } from '../client/operator-answer.ts';
import { count, dayAndTime, duration, share, timeOfDay } from '../format.ts';
import { OperatorCard } from '../operator/operator-card.tsx';
import { Figures } from '../parts/numbers.tsx';
import { Plot } from '../parts/plot.tsx';
import { Scroll } from '../parts/scroll.tsx';

const everyMs = 3_000;
/** How many looks the plot remembers: a quarter of an hour. */
const maxLooks = 300;

interface Look {
  readonly at: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** How long queries to the database took within the last minute, and how that went since the page was opened. */
export function Latencies({ operatorKey }: { readonly operatorKey: string }) {
  const tile = useOperatorAnswer(QueryHealthDocument, { windowMs: 60_000, limit: 1 }, operatorKey, everyMs);
  const [looks, setLooks] = useState<readonly Look[]>([]);
  const { data } = tile;
  useEffect(() => {
    if (!data) return;
    const { observedAt, queryStats } = data.monitoring;
    const look = {
      at: Date.parse(observedAt) / 1000,
      p50: queryStats.p50DurationMs,
      p95: queryStats.p95DurationMs,
      p99: queryStats.p99DurationMs,
    };
    setLooks((before) => [...before, look].slice(-maxLooks));
  }, [data]);
  return (
    <OperatorCard title="Queries of the last minute" className="wide-card" tile={tile}>
      {({ monitoring: { queryStats } }) => (
        <>
          <Figures
            figures={[
              { label: 'Queries', value: count(queryStats.totalQueries) },
              { label: 'Median', value: duration(queryStats.p50DurationMs) },
              { label: '95 of 100', value: duration(queryStats.p95DurationMs), note: 'took no longer' },
              { label: '99 of 100', value: duration(queryStats.p99DurationMs), note: 'took no longer' },
              {
                label: 'Failed',
                value: count(queryStats.errorCount),
                note: queryStats.errorRate === null ? undefined : share(queryStats.errorRate),
              },
              { label: 'Slow', value: count(queryStats.slowQueryCount) },
            ]}
          />
          <Plot
            label="Durations of queries since the page was opened"
            times={looks.map(({ at }) => at)}
            format={(value) => duration(value)}
            series={[
              { name: 'median', tone: '--plot-1', values: looks.map(({ p50 }) => p50) },
              { name: '95 of 100', tone: '--plot-2', values: looks.map(({ p95 }) => p95) },
              { name: '99 of 100', tone: '--plot-3', values: looks.map(({ p99 }) => p99) },
            ]}
          />
        </>
      )}
    </OperatorCard>
  );
}

export function SlowQueries({ operatorKey }: { readonly operatorKey: string }) {
  const tile = useOperatorAnswer(QueryHealthDocument, { windowMs: 3_600_000, limit: 10 }, operatorKey, 5_000);
  return (
    <OperatorCard title="Slow and failed queries" tile={tile}>
      {({ monitoring: { slowQueries, queryErrors } }) => (
        <>
          {slowQueries.length === 0 && queryErrors.length === 0 && (
            <p className="empty">None since the gateway was started.</p>
          )}
          {slowQueries.length > 0 && (
            <Scroll label="Slow queries">
              <table className="wide">
                <thead>
                  <tr>
                    <th scope="col">Query</th>
                    <th scope="col" className="number">
                      Took
                    </th>
                    <th scope="col" className="number">
                      Rows
                    </th>
                    <th scope="col" className="number">
                      At
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {slowQueries.map((query) => (
                    <tr key={`${query.occurredAt} ${query.name}`}>
                      <th scope="row">
                        <code>{query.name}</code>
                      </th>
                      <td className="number">{duration(query.durationMs)}</td>
                      <td className="number">{count(query.rows)}</td>
                      <td className="number" title={dayAndTime(query.occurredAt)}>
                        {timeOfDay(query.occurredAt)}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
          {queryErrors.length > 0 && (
            <ul className="notes">
              {queryErrors.map((error) => (
                <li key={`${error.occurredAt} ${error.name}`}>
                  <code>{error.name}</code> failed with <code>{error.code}</code> at{' '}
                  {timeOfDay(error.occurredAt)}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </OperatorCard>
  );
}
