import type { Check } from '../checked-database.js';
import { fault, hint } from '../finding.js';

/** PostgreSQL refuses UPDATE and DELETE of a published table whose rows it cannot name to a subscriber. */
export const checkPublications: Check = async ({ facts }, session) => {
  if (!facts.isMigrated) return [];
  const { rows } = await session.query<{ name: string; isOurs: boolean }>(
    `select distinct c.oid::regclass::text as name, relnamespace = 'analytics'::regnamespace as "isOurs"
     from pg_publication_tables join pg_publication using (pubname)
     cross join lateral (select format('%I.%I', schemaname, tablename)::regclass as published) named
     join pg_class c on c.oid = published or c.oid in (select relid from pg_partition_tree(published))
     where (pubupdate or pubdelete) and relkind = 'r' and not (relreplident = 'f' or exists (
         select from pg_index where indrelid = c.oid and indisvalid
           and case relreplident when 'd' then indisprimary when 'i' then indisreplident else false end))
       and (relnamespace = 'analytics'::regnamespace or c.oid in (select analytics.list_capture_tables())) order by 1`,
  );
  return rows.map(({ name, isOurs }) => {
    const title = `${name} is published, but has no replica identity: PostgreSQL refuses to update and delete its rows`;
    const advice = `alter table ${name} replica identity full`;
    return isOurs ? fault(title, advice) : hint(title, advice);
  });
};
