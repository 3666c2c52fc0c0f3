import { expect, it } from 'vitest';
import { findQuote } from '../../../src/monitoring/advice/plan-reading/quote.js';
import { describeEachDatabase } from '../../support/databases.js';

const names = ['plain', '_under_9', '9th', 'Upper', 'two words', 'a"b', 'a$b', 'größe', 'a.b', '', ' '];

describeEachDatabase('An identifier', (open) => {
  it('is quoted as the server quotes it, whatever keyword it is', async () => {
    const database = await open();
    try {
      const quote = await findQuote(database.reader);
      const { rows } = await database.query<{ name: string; quoted: string }>(
        `select name, quote_ident(name) as quoted
         from (select unnest($1::text[]) as name union select word from pg_get_keywords()) names`,
        [names],
      );
      expect(rows.length).toBeGreaterThan(400);
      expect(rows.map(({ name }) => [name, quote(name)])).toEqual(
        rows.map(({ name, quoted }) => [name, quoted]),
      );
    } finally {
      await database.close();
    }
  });
});
