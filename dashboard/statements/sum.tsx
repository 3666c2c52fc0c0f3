import { count } from '../format.ts';
import { Figures, Flow } from '../parts/numbers.tsx';
import { isNothing } from './exact-amounts.ts';
import { monthName } from './month-name.ts';
import type { Statements } from './read-statements.ts';

/** What the closed statements and the open month come to, and that this is what the artist has earned. */
export function Sum({ statements }: { readonly statements: Statements }) {
  const { open, closed, closedPlays, closedEarnings, totalPlays, totalEarnings } = statements;
  return (
    <>
      <Figures
        figures={[
          {
            label: 'Closed statements',
            value: <Flow amount={closedEarnings} />,
            note: `${count(closed.length)} ${closed.length === 1 ? 'month' : 'months'}, ${playsOf(closedPlays)}`,
          },
          {
            label: 'Open month',
            value: <Flow amount={open.totalEarnings} />,
            note: `${monthName(open.month)}, ${playsOf(open.totalPlays)}`,
          },
          {
            label: 'Earned in total',
            value: <Flow amount={totalEarnings} />,
            note: playsOf(totalPlays),
          },
        ]}
      />
      <Exactly {...statements} />
    </>
  );
}

/** With all digits, because rounded amounts need not add up. */
function Exactly({ open, closedEarnings, totalEarnings, missingPlays, missingEarnings }: Statements) {
  if (isNothing(missingPlays) && isNothing(missingEarnings))
    return (
      <p className="hint sum">
        {`${closedEarnings} + ${open.totalEarnings} = ${totalEarnings} FLOW. `}
        Closed statements and the open month add up to the total of the artist, to the last digit.
      </p>
    );
  return (
    <p className="hint sum is-warning">
      {`Closed statements and the open month do not add up to the total of the artist: ${missingEarnings} FLOW and ${playsOf(missingPlays)} are missing.`}
    </p>
  );
}

function playsOf(plays: number | string): string {
  return `${count(plays)} ${Number(plays) === 1 ? 'play' : 'plays'}`;
}
