import type { Question } from '../../src/client/index.ts';
import { ChartEditionsDocument, type EditionDatesFragment } from '../../src/client/operations.ts';
import { polling } from '../client/polling.ts';

const perPage = 100;

/** All editions of a chart, newest first. They come in several pages where there are more than two years of them. */
export function allEditionsOf(genre: string | null): Question<readonly EditionDatesFragment[]> {
  return {
    key: `AllChartEditions ${JSON.stringify(genre)}`,
    ask: async () => {
      const editions: EditionDatesFragment[] = [];
      for (let after: string | null = null; ; ) {
        const answer = await askPage(genre, after);
        const { nodes, pageInfo } = answer.data.chartEditions;
        editions.push(...nodes);
        if (!pageInfo.hasNextPage) return { answer: { ...answer, data: editions } };
        after = pageInfo.endCursor ?? null;
      }
    },
  };
}

function askPage(genre: string | null, after: string | null) {
  return polling.ask(ChartEditionsDocument, { genre, first: perPage, after });
}
