import { requestedGenre } from '../../analytics/charts/editions/arguments.js';
import { findEdition } from '../../analytics/charts/editions/repository.js';
import { listEntries } from '../../analytics/charts/entries/repository.js';
import { Selection } from '../../analytics/selection.js';
import type { Reader } from '../../database/reader/reader.js';
import { badInput } from '../../errors.js';
import { plainListCost } from '../../limits/cost/list-cost.js';
import type { ExportColumn, ExportList } from '../export-list.js';
import { onlyPiece } from './only-piece.js';

const maxEntries = 100;

const ofEdition: readonly ExportColumn[] = [
  { field: 'number', kind: 'count', nullable: false },
  { field: 'periodStart', kind: 'instant', nullable: false },
  { field: 'periodEnd', kind: 'instant', nullable: false },
];

const ofEntry: readonly ExportColumn[] = [
  { field: 'rank', kind: 'count', nullable: false },
  { field: 'plays', kind: 'count', nullable: false },
  { field: 'uniqueListeners', kind: 'count', nullable: true },
  { field: 'earnings', kind: 'decimal', nullable: false },
  { field: 'songId', kind: 'id', nullable: false },
  { field: 'songTitle', kind: 'text', nullable: true },
  { field: 'artistAddress', kind: 'address', nullable: true },
  { field: 'artistName', kind: 'text', nullable: true },
  { field: 'previousRank', kind: 'count', nullable: true },
  { field: 'lastRank', kind: 'count', nullable: true },
  { field: 'peakRank', kind: 'count', nullable: false },
  { field: 'editionsOnChart', kind: 'count', nullable: false },
  { field: 'streak', kind: 'count', nullable: false },
  { field: 'status', kind: 'text', nullable: false },
];

/** The entries of a closed edition, each with its number and week: the latest one, or the one of `at`. */
export const chart: ExportList = {
  name: 'chart',
  view: null,
  columns: [...ofEdition, ...ofEntry],
  parameters: ['genre', 'at'],
  maxRows: maxEntries,
  plan(parameters) {
    parameters.requireAccess('Query', 'chartEdition');
    const text = (name: string) => (parameters.plain('Query', 'chartEdition', name) ?? null) as string | null;
    const genre = requestedGenre(text('genre'));
    const at = text('at');
    return {
      cost: plainListCost(),
      async open({ reader }, extent) {
        const edition = await findEdition(reader, genre, at, selectionOf(ofEdition));
        if (!edition) throw badInput(await describeMissing(reader, genre, at));
        const entries = await listEntries(reader, [edition], maxEntries, selectionOf(ofEntry));
        return onlyPiece(
          entries.map((entry) => ({ ...entry, ...edition })),
          extent,
        );
      },
    };
  },
};

/** Which of the two parameters there is no edition for. */
async function describeMissing(reader: Reader, genre: string | null, at: string | null): Promise<string> {
  const latest = at === null ? null : await findEdition(reader, genre, null, selectionOf(ofEdition));
  if (latest) return `at: expected an instant in a week that has a closed edition, got "${at}"`;
  return genre === null
    ? 'chart: expected a closed edition, there is none yet'
    : `genre: expected a genre that has a closed edition, spelled as in genres, got "${genre}"`;
}

function selectionOf(columns: readonly ExportColumn[]): Selection {
  return new Selection(new Set(columns.map(({ field }) => field)));
}
