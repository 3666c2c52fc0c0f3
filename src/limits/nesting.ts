/** How deep the values of variables may be nested. Filters are read down to a depth of eight. */
const deepestVariables = 64;

/** Says what keeps variables from being read: too many levels, or a number that JSON cannot repeat. Null when nothing does. */
export function variablesFault(variables: unknown): string | null {
  let level: unknown[] = [variables];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestVariables)
      return `The variables: expected at most ${deepestVariables} levels, got more.`;
    const below: unknown[] = [];
    for (const each of level)
      for (const inner of Object.values(each as object)) {
        if (typeof inner === 'object' && inner !== null) below.push(inner);
        if (typeof inner === 'number' && !Number.isFinite(inner))
          return 'The variables: expected numbers within the range of a double, got a larger one.';
      }
    level = below;
  }
  return null;
}
