import { GraphQLError, type GraphQLLeafType, isEnumType } from 'graphql';

/**
 * Writes a value of a scalar or an enum as JSON.
 * @throws Error when the value is none of that type
 */
export function leafText(type: GraphQLLeafType, value: unknown): string {
  const serialized = type.serialize(value);
  const text = serialized === null ? undefined : JSON.stringify(serialized);
  if (text === undefined)
    throw new GraphQLError(`Expected ${type.name} to make a value of ${typeof value}, got none.`);
  return text;
}

/** A fast path for the usual values; undefined for those that need leafText. */
export type QuickText = (value: unknown) => string | undefined;

/** These leave a text as it is. By name, because tools that make a schema of another copy its types. */
const texts = new Set(['String', 'ID', 'Address', 'DateTime', 'Decimal', 'TimeZone']);
const maxInt = 2 ** 31 - 1;

export function quickText(type: GraphQLLeafType): QuickText {
  if (texts.has(type.name)) return (value) => (typeof value === 'string' ? quoted(value) : undefined);
  if (type.name === 'BigInt') return (value) => (Number.isSafeInteger(value) ? `${value}` : undefined);
  if (type.name === 'Int')
    return (value) =>
      Number.isInteger(value) && Math.abs(value as number) <= maxInt ? `${value}` : undefined;
  if (!isEnumType(type)) return () => undefined;
  const names = new Map(type.getValues().map(({ name, value }) => [value, `"${name}"`]));
  return (value) => names.get(value);
}

/** Characters that JSON escapes, and surrogates, which it escapes if unpaired. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** The test takes a third of the time of JSON.stringify. */
function quoted(text: string): string {
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}
