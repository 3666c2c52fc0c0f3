import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { useTheme } from '../client/theme.ts';

export interface PlotProps {
  /** What it shows, for those who cannot see it; the numbers themselves stand elsewhere on the page. */
  readonly label: string;
  /** Seconds since 1970, rising. */
  readonly times: readonly number[];
  readonly series: readonly PlotSeries[];
  /** How a value is written at the axis. */
  readonly format: (value: number) => string;
  readonly kind?: 'line' | 'bars';
}

export interface PlotSeries {
  readonly name: string;
  /** A custom property of the style sheet, such as `--accent`. */
  readonly tone: string;
  readonly values: readonly (number | null)[];
}

const heightPx = 190;
/** How far apart times at the axis may be, in seconds; never less, or the same one would stand there twice. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];

/** Values over time. */
export function Plot({ label, times, series, format, kind = 'line' }: PlotProps) {
  const [theme] = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const data = [times, ...series.map(({ values }) => values)] as unknown as UPlot.AlignedData;
  const newest = useRef(data);
  newest.current = data;
  const names = series.map(({ name, tone }) => `${name}|${tone}`).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read anew for another theme, and series by their names
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const options = optionsOf({ series, format, kind, widthPx: element.clientWidth });
    plot.current = new UPlot(options, newest.current, element);
    const observer = new ResizeObserver(() =>
      plot.current?.setSize({ width: element.clientWidth, height: heightPx }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.current?.destroy();
    };
  }, [theme, names, kind]);
  useEffect(() => plot.current?.setData(newest.current));

  return (
    <figure className="plot">
      <div ref={place} role="img" aria-label={label} />
      <figcaption>
        {series.map(({ name, tone }) => (
          <span key={name} className="key">
            <span className="swatch" style={{ background: `var(${tone})` }} aria-hidden="true" />
            {name}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function optionsOf({
  series,
  format,
  kind,
  widthPx,
}: Required<Pick<PlotProps, 'series' | 'format' | 'kind'>> & { readonly widthPx: number }): UPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis: UPlot.Axis = {
    stroke: colour('--quiet'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1, size: 4 },
    font: '11px system-ui, sans-serif',
  };
  return {
    width: widthPx,
    height: heightPx,
    legend: { show: false },
    cursor: { show: false },
    padding: [10, 8, 0, 0],
    scales: { y: { range: (_plot, _least, most) => [0, Math.max(most ?? 0, 0.001) * 1.1] } },
    axes: [
      { ...axis, size: 34, space: 84, incrs: steps, values: (_plot, ticks) => ticks.map(clockOf) },
      { ...axis, size: 66, values: (_plot, ticks) => ticks.map(format) },
    ],
    series: [
      {},
      ...series.map(({ name, tone }): UPlot.Series => {
        const stroke = colour(tone);
        if (kind === 'line') return { label: name, stroke, width: 1.75, points: { show: false } };
        const paths = UPlot.paths.bars?.({ size: [0.7, 26] });
        return { label: name, stroke, fill: stroke, width: 0, paths, points: { show: false } };
      }),
    ],
  };
}

function clockOf(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString('en-GB');
}
