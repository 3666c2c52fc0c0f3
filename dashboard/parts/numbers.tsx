import type { ReactNode } from 'react';
import { count, decimal } from '../format.ts';

/** An amount of FLOW: rounded to be read, exact under the pointer. */
export function Flow({ amount, digits = 2 }: { readonly amount: string; readonly digits?: number }) {
  return (
    <span className="flow" title={`${amount} FLOW`}>
      {decimal(amount, digits)}
      <span className="unit"> FLOW</span>
    </span>
  );
}

/** The same in a column that names the unit. */
export function Amount({ value }: { readonly value: string }) {
  return <span title={`${value} FLOW`}>{decimal(value)}</span>;
}

export interface Figure {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/** Named figures side by side. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className="figures">
      {figures.map(({ label, value, note }) => (
        <div key={label} className="figure">
          <dt>{label}</dt>
          <dd className="figure-value">{value}</dd>
          {note && <dd className="figure-note">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** A share drawn as a bar. It says nothing that does not stand beside it as a number. */
export function Bar({ ratio, tone = '' }: { readonly ratio: number; readonly tone?: string }) {
  const share = Math.max(0, Math.min(1, Number.isFinite(ratio) ? ratio : 0));
  return (
    <span className={`bar ${tone}`} aria-hidden="true">
      {share > 0 && <span style={{ width: `${share * 100}%` }} />}
    </span>
  );
}

/** The plays of the last days beside those of all time. */
export function playFigures(numbers: {
  readonly all: number;
  readonly last7: number;
  readonly last30: number;
}): Figure[] {
  return [
    { label: 'Plays', value: count(numbers.all), note: 'of all time' },
    { label: 'Last 30 days', value: count(numbers.last30), note: 'plays in 30 × 24 h' },
    { label: 'Last 7 days', value: count(numbers.last7), note: 'plays in 7 × 24 h' },
  ];
}
