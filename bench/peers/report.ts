import { median } from '../support/median.js';
import type { Run } from './measure.js';
import { type OperationName, operations } from './operations.js';
import type { Mode } from './peer.js';

/** All runs of one peer for one question in one mode. */
export interface Cell {
  readonly mode: Mode;
  readonly operation: OperationName;
  readonly peer: string;
  readonly title: string;
  readonly runs: readonly Run[];
}

export interface Ratio {
  readonly title: string;
  readonly mode: Mode;
  readonly operation: OperationName;
  readonly over: string;
  readonly overTitle: string;
  /** Requests a second over requests a second of the same round; the median, the lowest and the highest of all rounds. */
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
  /** The other's time on a processor for a request over the gateway's own, which hardly depends on who else is busy. */
  readonly cpuRatio: number;
}

export const rate = (run: Run) => run.requests / run.seconds;
const whole = (value: number) => Math.round(value).toLocaleString('en');

/** Every figure, a table for each mode. */
export function figures(cells: readonly Cell[]): string {
  return [...new Set(cells.map((cell) => cell.mode))]
    .map((mode) => {
      const lines = cells.filter((cell) => cell.mode === mode).map(line);
      return [
        `### ${heading[mode]}`,
        '',
        '| question | peer | requests/s, median | lowest - highest | p50 ms | p90 ms | p99 ms | processor, µs a request | PostgreSQL, µs a request | resident MB | errors |',
        '| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
        ...lines,
      ].join('\n');
    })
    .join('\n\n');
}

const heading: Readonly<Record<Mode, string>> = {
  uncached: 'Nothing cached: every request is executed',
  missed: 'Caches on, every request a new one: every request is executed and kept',
  cached: 'Cached: the same request again and again',
  '304': 'If-None-Match with the current tag: 304',
};

function line({ operation, title, runs }: Cell): string {
  const rates = runs.map(rate);
  const middle = (pick: (run: Run) => number) => median(runs.map(pick));
  return `| ${[
    operations[operation].title,
    title,
    whole(median(rates)),
    `${whole(Math.min(...rates))} - ${whole(Math.max(...rates))}`,
    middle((run) => run.p50Ms).toFixed(2),
    middle((run) => run.p90Ms).toFixed(2),
    middle((run) => run.p99Ms).toFixed(2),
    whole(middle((run) => run.cpuUs)),
    whole(middle((run) => run.databaseCpuUs)),
    whole(runs.at(-1)?.residentMb ?? Number.NaN),
    whole(runs.reduce((sum, run) => sum + run.errors, 0)),
  ].join(' | ')} |`;
}

/** X. */
export function ratiosOf(cells: readonly Cell[]): Ratio[] {
  const ratios: Ratio[] = [];
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = `${cell.mode} ${cell.operation}`;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  for (const group of groups.values()) {
    const own =
      group.find((cell) => cell.peer === 'gateway') ?? group.find((cell) => cell.peer === 'gateway-uncached');
    if (!own) continue;
    const { mode, operation } = own;
    const add = (label: string, over: Cell) => {
      const rounds = own.runs.map((run, round) => rate(run) / rate(over.runs[round] ?? run));
      ratios.push({
        title: label,
        mode,
        operation,
        over: over.peer,
        overTitle: over.title,
        ratio: median(rounds),
        lowest: Math.min(...rounds),
        highest: Math.max(...rounds),
        cpuRatio: median(over.runs.map((run) => run.cpuUs)) / median(own.runs.map((run) => run.cpuUs)),
      });
    };
    const others = group.filter((cell) => !cell.peer.startsWith('gateway'));
    const isVersion = (cell: Cell) => cell.peer.startsWith('before');
    const rivals = others.filter((cell) => cell.peer !== 'fixed' && !isVersion(cell));
    const fastest = [...rivals].sort((a, b) => median(b.runs.map(rate)) - median(a.runs.map(rate)))[0];
    for (const cell of others)
      if (mode === 'uncached' || cell.peer === 'fixed' || isVersion(cell)) add(cell.title, cell);
    if (mode !== 'uncached' && fastest) add(`the fastest other peer`, fastest);
  }
  return ratios;
}

/** The ratios as one table: a line for what it is over, a column for each question. */
export function ratioTable(ratios: readonly Ratio[], pick: 'ratio' | 'cpuRatio'): string {
  const columns = [...new Set(ratios.map((ratio) => ratio.operation))];
  const lines = [...new Set(ratios.map((ratio) => `${ratio.mode} | ${ratio.title}`))];
  return [
    `| mode | this gateway over | ${columns.map((name) => operations[name].title).join(' | ')} |`,
    `| --- | --- | ${columns.map(() => '--:').join(' | ')} |`,
    ...lines.map(
      (each) =>
        `| ${each} | ${columns
          .map((name) => {
            const found = ratios.find(
              (ratio) => `${ratio.mode} | ${ratio.title}` === each && ratio.operation === name,
            );
            if (!found) return '';
            const named = found.title.startsWith('the fastest') ? ` (${found.overTitle})` : '';
            return `${found[pick].toFixed(2)}${named}`;
          })
          .join(' | ')} |`,
    ),
  ].join('\n');
}
