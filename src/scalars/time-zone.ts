import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { shown } from './shown.js';

/**
 * `Area/Location` names only: PostgreSQL reads offsets such as "+05:30" with the opposite sign, and short names such as
 * "CET" as abbreviations, without the summer time that the zone of that name has.
 */
const form = /^(UTC|GMT|[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/;

export const TimeZoneScalar = new GraphQLScalarType<string, string>({
  name: 'TimeZone',
  description:
    'A time zone by its IANA name, such as "Europe/Berlin" or "UTC"; no offsets and no abbreviations.',
  serialize: (value) => String(value),
  parseValue: (value) => parseTimeZone(value),
  parseLiteral(node) {
    if (node.kind === Kind.STRING) return parseTimeZone(node.value, node);
    throw new GraphQLError(`TimeZone: expected a string such as "Europe/Berlin", got ${node.kind}`, {
      nodes: node,
    });
  },
});

/** What is wrong with a name that is no time zone. */
export function timeZoneFault(value: unknown): string {
  return `TimeZone: expected the IANA name of a time zone such as "Europe/Berlin", got ${shown(value)}`;
}

function parseTimeZone(value: unknown, nodes?: ValueNode): string {
  if (typeof value === 'string' && form.test(value) && isKnown(value)) return value;
  throw new GraphQLError(timeZoneFault(value), { nodes });
}

function isKnown(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
