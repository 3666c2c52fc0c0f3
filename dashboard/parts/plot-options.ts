import UPlot from 'uplot';
import type { PlotProps, PlotSeries } from './plot.tsx';
import { rankRange, ranksAtAxis } from './rank-scale.ts';
import { wholeSteps } from './whole-steps.ts';

/** How far apart times at the axis may be, in seconds; never less, or the same one would stand there twice. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];
/** The size of letters in a page of ordinary size, in pixels; everything here is drawn for that size. */
const usualLetterPx = 15;
const namePx = 64;

/**
 * What a plot looks like.
 * @param newest the properties as they are when something is drawn; only those that make up the series must stay
 */
export function plotOptions(
  newest: () => PlotProps,
  place: HTMLElement,
  onPointed: (position: number | null) => void,
): UPlot.Options {
  const { series, kind = 'line', buckets, isWhole = false, isRank = false } = newest();
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const valuesPx = buckets ? 54 : 66;
  const grown = Number.parseFloat(style.fontSize) / usualLetterPx;
  const axis: UPlot.Axis = {
    stroke: colour('--quiet'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1, size: 4 },
    font: `${11 * grown}px system-ui, sans-serif`,
  };
  const below: UPlot.Axis = buckets
    ? {
        ...axis,
        size: 34 * grown,
        splits: (plot) => {
          const room = Math.floor((plot.width - valuesPx * grown) / (namePx * grown));
          return [...(newest().buckets?.marks(room) ?? [])];
        },
        values: (_plot, positions) => positions.map((position) => newest().buckets?.name(position) ?? ''),
      }
    : { ...axis, size: 34, space: 84, incrs: steps, values: (_plot, ticks) => ticks.map(clockOf) };
  return {
    width: place.clientWidth,
    height: place.clientHeight,
    legend: { show: false },
    cursor: buckets
      ? { y: false, drag: { x: false, y: false, setScale: false }, points: { show: kind === 'line' } }
      : { show: false },
    hooks: buckets ? { setCursor: [({ cursor }) => onPointed(cursor.idx ?? null)] } : {},
    padding: [10, buckets ? 22 * grown : 8, 0, 0],
    scales: {
      // Each bucket has its own width, the first and the last too.
      ...(buckets && { x: { time: false, range: (_plot, first, last) => [first - 0.5, last + 0.5] } }),
      y: isRank
        ? { dir: -1, range: (_plot, _least, most) => rankRange(most) }
        : { range: (_plot, least, most) => valueRange(least ?? 0, most ?? 0, buckets ? 1 : 0.001) },
    },
    axes: [
      below,
      {
        ...axis,
        size: valuesPx * grown,
        ...(isWhole && { incrs: wholeSteps }),
        ...(isRank && { splits: (_plot, _axis, _least, most) => ranksAtAxis(most) }),
        values: (_plot, ticks) => ticks.map(newest().format),
      },
    ],
    series: [
      {},
      ...series.map((one) =>
        drawn(
          one,
          kind,
          series.some(({ role }) => role === 'earlier'),
          isRank,
          colour,
        ),
      ),
    ],
  };
}

function drawn(
  { name, tone, role }: PlotSeries,
  kind: 'line' | 'bars',
  isCompared: boolean,
  isRank: boolean,
  colour: (name: string) => string,
): UPlot.Series {
  const stroke = colour(tone);
  if (kind === 'line') {
    const isOpen = role === 'open';
    return {
      label: name,
      stroke,
      width: role === 'earlier' ? 1.25 : 1.75,
      ...(isOpen && { dash: [4, 4] }),
      points: isOpen
        ? { show: true, size: 6, fill: stroke, filter: (plot) => [plot.data[0].length - 1] }
        : { show: isRank, size: 6, fill: stroke },
    };
  }
  // Side by side with those of the earlier time, which stand to the left.
  const paths = isCompared
    ? UPlot.paths.bars?.({ size: [0.38, 40], align: role === 'earlier' ? -1 : 1 })
    : UPlot.paths.bars?.({ size: [0.7, 26] });
  const look =
    role === 'open'
      ? { fill: colour('--accent-soft'), width: 1.25, dash: [4, 3] }
      : { fill: stroke, width: 0 };
  return { label: name, stroke, paths, points: { show: false }, ...look };
}

/** What an axis of values spans: always with zero, and with some room where nothing is above it. */
function valueRange(least: number, most: number, room: number): [number, number] {
  return [Math.min(least, 0) * 1.1, (most > 0 ? most : room) * 1.1];
}

function clockOf(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString('en-GB');
}
