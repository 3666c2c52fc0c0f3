import type { ClosedStatementQuery } from '../../src/client/operations.ts';
import { count, words } from '../format.ts';
import { Amount } from '../parts/numbers.tsx';

type Strategy = NonNullable<
  NonNullable<ClosedStatementQuery['artist']>['statements']
>['nodes'][number]['byStrategy'][number];

export interface StrategiesProps {
  readonly strategies: readonly Strategy[];
}

/** What the songs of each economic model had in a month. */
export function Strategies({ strategies }: StrategiesProps) {
  if (strategies.length === 0) return null;
  return (
    <>
      <h3>By economic model</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col" className="number">
              Plays
            </th>
            <th scope="col" className="number">
              Earned, FLOW
            </th>
          </tr>
        </thead>
        <tbody>
          {strategies.map(({ strategy, plays, earnings }) => (
            <tr key={strategy}>
              <th scope="row">{strategy ? words(strategy) : 'None'}</th>
              <td className="number">{count(plays)}</td>
              <td className="number">
                <Amount value={earnings} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
