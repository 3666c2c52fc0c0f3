import type { Check } from '../checked-database.js';
import { type Finding, hint, ok } from '../finding.js';

/** What each extension adds. The gateway serves without any of them. */
const additions: Readonly<Record<string, string>> = {
  pg_stat_statements: 'the slowest queries of the whole server',
  pgstattuple: 'bloat of tables and indexes measured instead of estimated',
  hypopg: 'index proposals tried out before they are built',
  pg_cron: 'refreshes from within the server, with no gateway running',
  pg_trgm: 'indexes for filters that look inside a text',
};

export const checkExtensions: Check = async ({ database }, session) => {
  if (database.kind === 'embedded')
    return [ok('The embedded database has pg_stat_statements, and needs no other extension')];
  const { rows } = await session.query<{ name: string; isInstalled: boolean; isPreloaded: boolean }>(
    `select extension.name, installed_version is not null as "isInstalled",
       coalesce((select setting ~ ('\\m' || extension.name || '\\M') from pg_settings where name = 'shared_preload_libraries'), true) as "isPreloaded"
     from pg_available_extensions extension where extension.name = any($1)`,
    [Object.keys(additions)],
  );
  return Object.entries(additions).map(([name, adds]): Finding => {
    const extension = rows.find((row) => row.name === name);
    if (!extension)
      return hint(
        `${name} is not on this server; it would add ${adds}`,
        'Install its package, if you want that.',
      );
    const needsPreload = ['pg_stat_statements', 'pg_cron'].includes(name) && !extension.isPreloaded;
    if (needsPreload)
      return hint(
        `${name} is not loaded; it would add ${adds}`,
        `Add it to shared_preload_libraries, restart the server, then: create extension if not exists ${name}`,
      );
    if (!extension.isInstalled)
      return hint(
        `${name} is not installed; it would add ${adds}`,
        `As a superuser: create extension ${name}`,
      );
    return ok(`${name} is installed: ${adds}`);
  });
};
