import { IndexAdviceDocument, type IndexAdviceQuery } from '../../src/client/operations.ts';
import { useOperatorAnswer } from '../client/operator-answer.ts';
import { bytes, count, duration, share, span } from '../format.ts';
import { DatabaseHealthDocument, type DatabaseHealthQuery } from '../health-operation.ts';
import { OperatorCard, Unavailable } from '../operator/operator-card.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Figures } from '../parts/numbers.tsx';
import { Scroll } from '../parts/scroll.tsx';

/** These cost the database more than the others to say, and change slowly. */
const everyMs = 30_000;

export function Database({ operatorKey }: { readonly operatorKey: string }) {
  const tile = useOperatorAnswer(DatabaseHealthDocument, {}, operatorKey, everyMs);
  return (
    <OperatorCard title="Database" tile={tile}>
      {({ monitoring: { database } }) =>
        database.available ? <Facts database={database} /> : <Unavailable needs={database.needs} />
      }
    </OperatorCard>
  );
}

function Facts({ database }: Pick<DatabaseHealthQuery['monitoring'], 'database'>) {
  const { version, isEmbedded, sizeBytes, connections, maxConnections, cacheHitRatio, uptimeSeconds } =
    database;
  return (
    <Figures
      figures={[
        { label: 'PostgreSQL', value: version ?? '–', note: isEmbedded ? 'embedded' : 'server' },
        { label: 'Size', value: bytes(sizeBytes) },
        {
          label: 'Sessions',
          value: connections === null ? '–' : count(connections),
          note: maxConnections === null ? undefined : `of ${count(maxConnections)}`,
        },
        {
          label: 'Found in memory',
          value: cacheHitRatio === null ? '–' : share(cacheHitRatio),
          note: 'of pages',
        },
        { label: 'Up for', value: uptimeSeconds === null ? '–' : span(Number(uptimeSeconds) * 1000) },
      ]}
    />
  );
}

export function Tables({ operatorKey }: { readonly operatorKey: string }) {
  const tile = useOperatorAnswer(DatabaseHealthDocument, {}, operatorKey, everyMs);
  return (
    <OperatorCard title="Tables and views" className="wide-card" tile={tile}>
      {({ monitoring: { tables } }) =>
        tables.available ? (
          <Scroll label="Tables and views">
            <table className="wide">
              <thead>
                <tr>
                  <th scope="col">Table</th>
                  <th scope="col" className="number">
                    Rows
                  </th>
                  <th scope="col" className="number">
                    Dead
                  </th>
                  <th scope="col" className="number">
                    Size
                  </th>
                  <th scope="col" className="number">
                    Analyzed
                  </th>
                </tr>
              </thead>
              <tbody>
                {tables.items?.map(({ table, rows, deadRatio, totalBytes, sinceAnalyzeSeconds }) => (
                  <tr key={table}>
                    <th scope="row">
                      <code>{table}</code>
                    </th>
                    <td className="number">{rows === null ? '–' : count(rows)}</td>
                    <td className="number">{deadRatio === null ? '–' : share(deadRatio)}</td>
                    <td className="number">{bytes(totalBytes)}</td>
                    <td className="number">
                      {sinceAnalyzeSeconds === null
                        ? 'never'
                        : `${span(Number(sinceAnalyzeSeconds) * 1000)} ago`}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        ) : (
          <Unavailable needs={tables.needs} />
        )
      }
    </OperatorCard>
  );
}

/** Indexes that would help, and indexes that nobody needs. Nothing is made or dropped here. */
export function Advice({ operatorKey }: { readonly operatorKey: string }) {
  const advice = useOperatorAnswer(IndexAdviceDocument, { limit: 5 }, operatorKey, everyMs);
  const unused = useOperatorAnswer(DatabaseHealthDocument, {}, operatorKey, everyMs);
  return (
    <>
      <OperatorCard title="Indexes that would help" tile={advice}>
        {({ monitoring: { indexAdvice } }) =>
          indexAdvice.available ? (
            <Suggestions advice={indexAdvice} />
          ) : (
            <Unavailable needs={indexAdvice.needs} />
          )
        }
      </OperatorCard>
      <OperatorCard title="Indexes that nobody reads" tile={unused}>
        {({ monitoring: { unusedIndexes } }) =>
          unusedIndexes.available ? (
            <Unused indexes={unusedIndexes} />
          ) : (
            <Unavailable needs={unusedIndexes.needs} />
          )
        }
      </OperatorCard>
    </>
  );
}

function Suggestions({ advice }: { readonly advice: IndexAdviceQuery['monitoring']['indexAdvice'] }) {
  if (advice.suggestions.length === 0)
    return <p className="empty">None, after a look at {count(advice.examined)} statements.</p>;
  return (
    <ul className="notes">
      {advice.suggestions.map(({ index, savedMs }) => (
        <li key={index.ddl}>
          <Copyable title={`For ${index.table}`} text={index.ddl} />
          {index.reason}{' '}
          <span className="hint">
            {index.verified ? 'Verified' : 'Not verified'}
            {savedMs !== null && `, would have saved ${duration(savedMs)}`}. {index.upkeep}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Unused({ indexes }: { readonly indexes: DatabaseHealthQuery['monitoring']['unusedIndexes'] }) {
  if (!indexes.items?.length) return <p className="empty">None that may be dropped.</p>;
  return (
    <ul className="notes">
      {indexes.items.map(({ index, table, sizeBytes, ddl }) => (
        <li key={index}>
          <Copyable title={`${index} on ${table}, ${bytes(sizeBytes)}`} text={ddl ?? 'It must stay.'} />
        </li>
      ))}
    </ul>
  );
}
