import { average } from '../format.ts';
import { Bar } from './numbers.tsx';

const dayMs = 86_400_000;

export interface PaceProps {
  readonly plays: { readonly all: number; readonly last7: number; readonly last30: number };
  /** When the first play was; null without plays. */
  readonly since: string | null;
  /** The instant that the plays are counted up to. */
  readonly asOf: string;
}

/** Plays a day, now and before, which says whether something rises or fades. */
export function Pace({ plays, since, asOf }: PaceProps) {
  const days = since === null ? 0 : (Date.parse(asOf) - Date.parse(since)) / dayMs;
  const paces = [
    { label: 'Last 7 days', perDay: Number(plays.last7) / 7 },
    { label: 'The 23 days before', perDay: (Number(plays.last30) - Number(plays.last7)) / 23 },
    // Younger than a month there is nothing before.
    ...(days > 31
      ? [{ label: 'Before that', perDay: (Number(plays.all) - Number(plays.last30)) / (days - 30) }]
      : []),
  ];
  const most = Math.max(...paces.map(({ perDay }) => perDay), Number.MIN_VALUE);
  return (
    <table className="pace">
      <tbody>
        {paces.map(({ label, perDay }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className="bar-cell">
              <Bar ratio={perDay / most} />
            </td>
            <td className="number">{average(perDay)} a day</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
