import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState } from 'react';
import UPlot from 'uplot';
import { useTheme } from '../client/theme.ts';
import { plotOptions } from './plot-options.ts';

export interface PlotProps {
  /** What it shows, for those who cannot see it; the numbers themselves stand elsewhere on the page. */
  readonly label: string;
  /** Seconds since 1970, rising; with `buckets` the positions from 0 on. */
  readonly times: readonly number[];
  readonly series: readonly PlotSeries[];
  /** How a value is written at the axis. */
  readonly format: (value: number) => string;
  readonly kind?: 'line' | 'bars';
  /** Whether values between whole numbers make no sense at the axis. */
  readonly isWhole?: boolean;
  /** Whether values are ranks: 1 stands on top, and each has a point. */
  readonly isRank?: boolean;
  /** Buckets of equal width along the axis, in place of times of the clock. */
  readonly buckets?: BucketAxis;
}

export interface BucketAxis {
  readonly name: (position: number) => string;
  /** The positions that are named when there is room for so many names. */
  readonly marks: (room: number) => readonly number[];
  /** What is said of the position under the pointer, or of none. */
  readonly reading: (position: number | null) => string;
}

export interface PlotSeries {
  readonly name: string;
  /** A custom property of the style sheet, such as `--accent`. */
  readonly tone: string;
  readonly values: readonly (number | null)[];
  /** An earlier time that stands beside the others, or values that are not complete yet. */
  readonly role?: 'earlier' | 'open';
}

/** Values over time. */
export function Plot(props: PlotProps) {
  const { label, times, series, kind = 'line', isWhole, buckets } = props;
  const [theme] = useTheme();
  const [pointed, setPointed] = useState<number | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const newest = useRef(props);
  newest.current = props;
  const names = series.map(({ name, tone, role }) => `${name}|${tone}|${role}`).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read anew for another theme, and series by their names
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const options = plotOptions(() => newest.current, element, setPointed);
    plot.current = new UPlot(options, dataOf(newest.current), element);
    const observer = new ResizeObserver(() =>
      plot.current?.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.current?.destroy();
      setPointed(null);
    };
  }, [theme, names, kind, isWhole]);
  // Not when only the pointer moved.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plot reads the newest of all
  useEffect(() => plot.current?.setData(dataOf(newest.current)), [times, series]);

  return (
    <figure className="plot">
      <div ref={place} role="img" aria-label={label} />
      <figcaption>
        {series.map(({ name, tone, role }) => (
          <span key={name} className="key">
            <span
              className={`swatch is-${role ?? 'plain'}`}
              style={{ color: `var(${tone})` }}
              aria-hidden="true"
            />
            {name}
          </span>
        ))}
      </figcaption>
      {/* Only for the pointer: everything that it says stands in a table, too. */}
      {buckets && (
        <p className="reading hint" aria-hidden="true">
          {buckets.reading(pointed !== null && pointed < times.length ? pointed : null)}
        </p>
      )}
    </figure>
  );
}

function dataOf({ times, series }: PlotProps): UPlot.AlignedData {
  return [times, ...series.map(({ values }) => values)] as unknown as UPlot.AlignedData;
}
