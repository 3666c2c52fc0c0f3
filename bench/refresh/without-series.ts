/** Takes the series and the charts out of the engine's SQL, to see what they cost. Statements have nothing to close then. */
export function withoutSeries(name: string, sql: string): string {
  const part = parts.get(name);
  if (!part) return sql;
  const [pattern, replacement] = part;
  if (!pattern.test(sql)) throw new Error(`Expected ${pattern} in ${name}`);
  return sql.replace(pattern, replacement);
}

const timedPlays = [/ timed as \(\n.*?\n {4}\),/s, ''] as const;
const parts = new Map<string, readonly [RegExp, string]>([
  ['functions/apply_changes', [/ {2}perform analytics\.apply_to_series\(\);\n/, '']],
  ['functions/rebuild_state', [/ {2}perform analytics\.rebuild_series\(\);\n/, '']],
  ['functions/read_changes', timedPlays],
  ['functions/read_everything', timedPlays],
  ['functions/run_refresh', [/ {2}if known\.charts_closed_until .*?\n {2}end if;\n/s, '']],
  // What tells that there were plays without them: windows that plays have left count as plays, too.
  ['functions/list_changed_views', [/pg_temp\.work_timed/, 'pg_temp.work_play']],
]);
