import { type ReactNode, useState } from 'react';
import { Scroll } from '../parts/scroll.tsx';

export interface BucketTableRow {
  readonly start: string;
  readonly name: string;
  readonly isPartial: boolean;
  readonly cells: readonly ReactNode[];
}

/** All values of a picture as a table, once it is asked for. */
export function BucketTable({
  caption,
  columns,
  rows,
}: {
  readonly caption: string;
  /** The first names the buckets, the others the numbers. */
  readonly columns: readonly [string, ...string[]];
  /** The newest first. */
  readonly rows: readonly BucketTableRow[];
}) {
  const [isOpen, setOpen] = useState(false);
  const [first, ...others] = columns;
  return (
    <details className="bucket-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>All values as a table</summary>
      {isOpen && (
        <Scroll label={caption}>
          <table>
            <thead>
              <tr>
                <th scope="col">{first}</th>
                {others.map((name) => (
                  <th key={name} scope="col" className="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ start, name, isPartial, cells }) => (
                <tr key={start}>
                  <th scope="row">
                    <time dateTime={start}>{name}</time>
                    {isPartial && <span className="hint"> not over yet</span>}
                  </th>
                  {cells.map((cell, column) => (
                    <td key={columns[column + 1]} className="number">
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </details>
  );
}
