import { type RawBuilder, sql } from 'kysely';
import { rawQuery } from '../../../database/raw-query.js';
import { type Reader, readOne } from '../../../database/reader/reader.js';
import { stateColumn } from '../../../views/reading.js';
import { type PageArguments, pageSize } from '../../paging/page-arguments.js';
import { assemblePage, type Page, wantsRows } from '../../paging/page-parts.js';
import type { ConnectionSelection, Selection } from '../../selection.js';
import type { ChartEdition } from './edition.js';
import { editionCursor, numberInCursor } from './edition-cursor.js';
import type { EditionKey } from './edition-key.js';

const columns = {
  genre: sql`chart.genre`,
  periodStart: sql`edition.period_start`,
  periodEnd: sql`edition.period_end`,
  closedAt: sql`edition.closed_at`,
  backfilled: sql`edition.is_backfilled`,
  revisedUnavailable: sql`analytics.reason_not_to_revise(edition.period_start)`,
} as const;

const editions = sql`analytics.chart_edition edition join analytics.chart using (chart)`;

/** Finds the latest edition of a chart, or the one whose week holds an instant. */
export function findEdition(
  reader: Reader,
  genre: string | null,
  at: string | null,
  selection: Selection,
): Promise<ChartEdition | null> {
  const held = at === null ? sql`` : sql`and edition.period_start <= ${at} and edition.period_end > ${at}`;
  const query = sql<ChartEdition>`
    select ${selected(selection)} from ${editions}
    where ${isOfGenre(genre)} ${held} order by edition.number desc limit 1`;
  return readOne(reader, 'chartEdition', rawQuery(query));
}

/** Reads many editions by their keys in one statement, in any order. */
export function listEditionsByKey(
  reader: Reader,
  keys: readonly EditionKey[],
  selection: Selection,
): Promise<ChartEdition[]> {
  const query = sql<ChartEdition>`
    select ${selected(selection)} from ${editions}
    join unnest(${keys.map(({ chart }) => chart)}::int[], ${keys.map(({ number }) => number)}::int[]) wanted (chart, number)
      on wanted.chart = edition.chart and wanted.number = edition.number`;
  return reader.read('chartEditions.byKey', rawQuery(query));
}

/** One page of a chart's editions, newest first. */
export async function listEditions(
  reader: Reader,
  genre: string | null,
  request: PageArguments & ConnectionSelection,
): Promise<Page<ChartEdition>> {
  const { after, before, parts, selection } = request;
  const { size, backward } = pageSize(request);
  const bounds = [isOfGenre(genre)];
  if (typeof after === 'string') bounds.push(sql`edition.number < ${numberInCursor('after', after, genre)}`);
  if (typeof before === 'string')
    bounds.push(sql`edition.number > ${numberInCursor('before', before, genre)}`);
  const rows = sql<ChartEdition>`
    select ${selected(selection)} from ${editions} where ${sql.join(bounds, sql` and `)}
    order by edition.number ${backward ? sql`` : sql`desc`} limit ${size + 1}`;
  const count = sql<{ readonly count: number | bigint }>`
    select count(*) as count, ${stateColumn} from ${editions} where ${isOfGenre(genre)}`;
  const [nodes, counted] = await Promise.all([
    wantsRows(parts) ? reader.read('chartEditions.page', rawQuery(rows)) : [],
    parts.has('totalCount') ? readOne(reader, 'chartEditions.count', rawQuery(count)) : null,
  ]);
  return assemblePage(
    nodes,
    request,
    (edition) => editionCursor(genre, edition.number),
    counted?.count ?? null,
  );
}

function selected(selection: Selection): RawBuilder<unknown> {
  const wanted = Object.entries(columns).filter(([field]) => selection.has(field));
  return sql.join([
    sql`edition.chart, edition.number`,
    ...wanted.map(([field, column]) => sql`${column} as ${sql.ref(field)}`),
    stateColumn,
  ]);
}

/** Null is the chart of all songs. */
function isOfGenre(genre: string | null): RawBuilder<unknown> {
  return genre === null ? sql`chart.genre is null` : sql`chart.genre = ${genre}`;
}
