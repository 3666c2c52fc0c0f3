import { requireStorable } from '../../analytics/filtering/storable-text.js';
import { createLoaders } from '../../analytics/loaders.js';
import { Selection } from '../../analytics/selection.js';
import { requestedRange, type SeriesArguments } from '../../analytics/series/arguments.js';
import { readSeries } from '../../analytics/series/read-series.js';
import { maxBuckets } from '../../catalogue/granularity.js';
import { plainListCost } from '../../limits/cost/list-cost.js';
import { seriesUnits } from '../../limits/cost/unit-costs.js';
import type { ExportList } from '../export-list.js';
import { onlyPiece } from './only-piece.js';
import { seriesSubject } from './series-subject.js';

const rangeParameters = ['granularity', 'last', 'from', 'to', 'timeZone'] as const;
const buckets = new Selection(new Set(['buckets']));

/** The buckets of a series: whose it is in `kind` and `id`, and the arguments of the field. */
export const series: ExportList = {
  name: 'series',
  view: null,
  columns: [
    { field: 'start', kind: 'instant', nullable: false },
    { field: 'end', kind: 'instant', nullable: false },
    { field: 'isPartial', kind: 'flag', nullable: false },
    { field: 'plays', kind: 'count', nullable: false },
    { field: 'earnings', kind: 'decimal', nullable: false },
    { field: 'listenedSeconds', kind: 'count', nullable: false },
  ],
  parameters: ['kind', 'id', ...rangeParameters],
  maxRows: maxBuckets,
  plan(parameters) {
    const { subject, type, requireKnown } = seriesSubject(parameters);
    requireStorable('id', subject.key);
    const range: SeriesArguments = Object.fromEntries(
      rangeParameters.map((name) => [name, parameters.plain(type, 'series', name)]),
    );
    requestedRange(range);
    return {
      cost: plainListCost(seriesUnits(maxBuckets)),
      async open({ reader }, extent) {
        await requireKnown(reader);
        const { buckets: rows } = await readSeries(createLoaders(reader), subject, range, buckets);
        return onlyPiece(rows, extent);
      },
    };
  },
};
