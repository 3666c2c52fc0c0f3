import { viewNames } from '../../catalogue/index.js';
import type { ViewName } from '../../catalogue/view.js';
import { missingViewAdvice } from '../../database/migrations/missing-views.js';
import { describeRefresh, listUnpublished } from '../../refresh/describe.js';
import { refreshViews } from '../../refresh/refresh-views.js';
import { type Command, UsageError } from '../command.js';

export const refresh: Command = {
  name: 'refresh',
  summary: 'Bring all views to this instant, and say what changed.',
  details:
    'One refresh always moves all views, so that they agree; when one is running, its result is taken.',
  options: [
    {
      name: 'view',
      value: 'NAME',
      description: `Report on this view only: ${viewNames.join(', ')}.`,
      parse(text) {
        if ((viewNames as readonly string[]).includes(text)) return text;
        throw new UsageError(`--view: expected one of ${viewNames.join(', ')}, got ${JSON.stringify(text)}`);
      },
    },
  ],
  async run(values, { openDatabase, signal, stdout }) {
    const database = await openDatabase();
    try {
      const result = await refreshViews(database, { trigger: 'cli', wait: true, signal });
      const report = describeRefresh(result, values.view ? [values.view as ViewName] : undefined);
      const rows = report.views.map(({ view, asOf, durationMs, rowsChanged }) => [
        view,
        asOf ?? '',
        `${(durationMs ?? 0).toFixed(1)} ms`,
        String(rowsChanged ?? 0),
      ]);
      stdout.write(table([['view', 'as of', 'published in', 'rows changed'], ...rows]));
      const how = report.reason ? `${report.kind}: ${report.reason}` : (report.kind ?? report.outcome);
      stdout.write(
        `Generation ${report.generation} (${report.outcome}, ${how}) in ${(report.durationMs ?? 0).toFixed(1)} ms.\n`,
      );
      const missing = listUnpublished(result);
      for (const view of missing)
        stdout.write(`The materialized view ${view} is missing: ${missingViewAdvice}\n`);
      return missing.length > 0 ? 1 : 0;
    } finally {
      await database.close();
    }
  },
};

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return `${rows.map((row) => line(row).trimEnd()).join('\n')}\n`;
}
