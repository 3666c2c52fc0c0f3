import { PGlite } from '@electric-sql/pglite';

const settings: Readonly<Record<string, string>> = {
  // Pages also lie in the cache of the operating system, and WebAssembly never gives memory back.
  shared_buffers: '32MB',
  // Nobody can replicate from it. New tables and rebuilt views are flushed at commit instead of being logged as well.
  wal_level: 'minimal',
  max_wal_senders: '0',
  // Segments of the log that are no longer needed are deleted instead of being kept for later.
  wal_recycle: 'off',
  min_wal_size: '32MB',
  shared_preload_libraries: 'pg_stat_statements',
  // Texts of utility statements are not normalized, so that they would hold values.
  'pg_stat_statements.track_utility': 'off',
  'pg_stat_statements.max': '1000',
};

/** How PostgreSQL is started inside this process: as PGlite starts it, and with what suits a process that also answers requests. */
export const startParams: readonly string[] = [
  ...PGlite.defaultStartParams,
  ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
];
