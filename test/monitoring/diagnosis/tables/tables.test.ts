import { expect, it } from 'vitest';
import { listTables } from '../../../../src/monitoring/diagnosis/tables/tables.js';
import { describeEachDatabase } from '../../../support/databases.js';

describeEachDatabase('Tables', (open) => {
  it('of one name in two schemas are not added together', async () => {
    const database = await open();
    await database.query(`
      create schema other;
      create table other.plays (at int) partition by range (at);
      create table other.plays_1 partition of other.plays for values from (0) to (10);
      insert into other.plays values (1)`);
    const { items } = await listTables(database.reader, { withPartitions: false, withBloat: false });
    const plays = items?.filter(({ table }) => table === 'plays');
    expect(plays?.map(({ schema }) => schema).sort()).toEqual(['other', 'public']);
    await database.close();
  });
});
