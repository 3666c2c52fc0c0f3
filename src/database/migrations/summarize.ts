import type { Migration } from './list-migrations.js';

/** The names of the steps and the numbers of the definitions, such as `0001_baseline`, `63 functions`, `1 view`. */
export function summarizeMigrations(migrations: readonly Migration[]): string[] {
  const steps = migrations.filter(({ kind }) => kind === 'step').map(({ name }) => name);
  const definitions = (['function', 'view'] as const).flatMap((kind) => {
    const { length } = migrations.filter((migration) => migration.kind === kind);
    return length > 0 ? [`${length} ${kind}${length > 1 ? 's' : ''}`] : [];
  });
  return [...steps, ...definitions];
}
