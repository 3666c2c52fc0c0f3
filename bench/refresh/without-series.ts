/** Takes the series and the charts out of the engine's SQL, to see what they cost. */
export function withoutSeries(name: string, sql: string): string {
  const part = parts.get(name);
  if (!part) return sql;
  if (!part.test(sql)) throw new Error(`Expected ${part} in ${name}`);
  return sql.replace(part, '');
}

const timedPlays = / timed as \(\n.*?\n {4}\),/s;
const parts: ReadonlyMap<string, RegExp> = new Map([
  ['functions/apply_changes', / {2}perform analytics\.apply_to_series\(\);\n/],
  ['functions/rebuild_state', / {2}perform analytics\.rebuild_series\(\);\n/],
  ['functions/read_changes', timedPlays],
  ['functions/read_everything', timedPlays],
  ['functions/run_refresh', / {2}if known\.charts_closed_until .*?\n {2}end if;\n/s],
]);
