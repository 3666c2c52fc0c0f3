import { expect, it } from 'vitest';
import { listDuplicateIndexes } from '../../../../src/monitoring/diagnosis/indexes/duplicate-indexes.js';
import { describeEachDatabase } from '../../../support/databases.js';

describeEachDatabase('The statement that drops a duplicate index', (open) => {
  it('can be run, whatever the names are', async () => {
    const database = await open();
    try {
      await database.query(`
        create schema "select";
        create table "select"."order" ("user" int, "Group" int);
        create index "table" on "select"."order" ("user");
        create index "where" on "select"."order" ("user");
        create unique index "Own" on "select"."order" ("Group");
        alter table "select"."order" add constraint "check" unique ("Group"), add constraint "user" unique ("Group");
        create table parted (at int) partition by range (at);
        create index one on parted (at);
        create index other on parted (at)`);
      const { items = [] } = await listDuplicateIndexes(database.reader);
      expect(items?.map(({ ddl }) => ddl)).toEqual([
        'drop index public.other',
        'drop index concurrently "select"."Own"',
        'alter table "select"."order" drop constraint "user"',
        'drop index concurrently "select"."where"',
      ]);
      for (const { ddl } of items ?? []) await database.query(ddl);
      expect((await listDuplicateIndexes(database.reader)).items).toEqual([]);
    } finally {
      await database.close();
    }
  });
});
