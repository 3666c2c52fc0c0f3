/** How deep the values of variables may be nested. Filters are read down to a depth of eight. */
const maxVariableDepth = 64;
/** How many values there may be in the variables of a request, those in lists and objects included. */
const maxValues = 2_500;
/** How many of these may be objects and lists. */
const maxObjects = 500;
/** How many fields one object may have: an error names all of them. */
const maxFields = 500;

/**
 * Why the variables of a request are refused before they are compared with any type, because that takes time for each
 * value; null when they are within the limits. Looking stops where one is exceeded, or where there is a number that JSON
 * cannot repeat.
 */
export function variablesFault(variables: unknown): string | null {
  let level: object[] = typeof variables === 'object' && variables !== null ? [variables] : [];
  let values = 0;
  let objects = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxVariableDepth) return tooMany(maxVariableDepth, 'levels');
    const below: object[] = [];
    for (const each of level) {
      const inners = Object.values(each);
      if (inners.length > maxFields && !Array.isArray(each))
        return tooMany(maxFields, 'fields in one object');
      for (const inner of inners) {
        values += 1;
        if (values > maxValues) return tooMany(maxValues, 'values');
        if (typeof inner === 'number' && !Number.isFinite(inner))
          return 'The variables: expected numbers within the range of a double, got a larger one.';
        if (typeof inner !== 'object' || inner === null) continue;
        objects += 1;
        if (objects > maxObjects) return tooMany(maxObjects, 'objects and lists');
        below.push(inner);
      }
    }
    level = below;
  }
  return null;
}

function tooMany(most: number, what: string): string {
  return `The variables: expected at most ${most} ${what}, got more.`;
}
