import { sql } from 'kysely';
import { literal } from '../../analytics/read.js';
import { rawQuery } from '../../database/raw-query.js';
import { readOne } from '../../database/reader/reader.js';
import { plainListCost } from '../../limits/cost/list-cost.js';
import type { ExportList } from '../export-list.js';
import { piecesOf } from './pieces-of.js';

/** The closed statements of all artists, latest month first: `Artist.statements` of each. */
export const statements: ExportList = {
  name: 'statements',
  view: null,
  columns: [
    { field: 'artistAddress', kind: 'address', nullable: false },
    { field: 'month', kind: 'text', nullable: false },
    { field: 'closedAt', kind: 'instant', nullable: false },
    { field: 'backfilled', kind: 'flag', nullable: false },
    { field: 'plays', kind: 'count', nullable: false },
    { field: 'earnings', kind: 'decimal', nullable: false },
    { field: 'totalPlays', kind: 'count', nullable: false },
    { field: 'totalEarnings', kind: 'decimal', nullable: false },
  ],
  parameters: [],
  maxRows: null,
  plan(parameters) {
    // Artists may read their own statements; only operators may export all.
    parameters.requireAccess('Artist', 'statements', {});
    return {
      cost: plainListCost(),
      async open(snapshot, { columns, limit, isCounted }) {
        const closed = sql`(
          select artist_address as "artistAddress", to_char(month, 'YYYY-MM') as "month", closed_at as "closedAt", backfilled, plays, earnings,
            plays + adjusted_plays as "totalPlays", earnings + adjusted_earnings as "totalEarnings"
          from analytics.statement) closed`;
        const counted =
          isCounted || limit !== null
            ? await readOne<{ count: number }>(
                snapshot.reader,
                'export.statements.count',
                rawQuery(sql`select count(*) as count from analytics.statement`),
              )
            : null;
        const rows = sql`
          select ${sql.join(columns.map(({ field }) => sql.ref(field)))} from ${closed}
          order by "month" collate "C" desc, "artistAddress" ${limit === null ? sql`` : sql`limit ${literal(limit)}`}`;
        const cursor = await snapshot.openCursor('export.statements', rawQuery(rows));
        return { total: counted?.count ?? null, pieces: piecesOf(cursor) };
      },
    };
  },
};
