/** How deep the values of variables may be nested. Filters are read down to a depth of eight. */
export const deepestVariables = 64;

/** Whether a JSON value goes deeper than that; it does not follow it any further. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= deepestVariables; depth++) {
    const below: unknown[] = [];
    for (const each of level)
      if (typeof each === 'object' && each !== null)
        for (const inner of Object.values(each)) if (typeof inner === 'object') below.push(inner);
    if (below.length === 0) return false;
    level = below;
  }
  return true;
}
