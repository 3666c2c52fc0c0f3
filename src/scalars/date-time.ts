import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { shown } from './shown.js';

const form = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/** Points in time, with the microseconds that PostgreSQL keeps and a JavaScript Date would drop. */
export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description:
    'A point in time as in RFC 3339, such as "2026-01-31T12:00:00.000Z"; answers are in UTC, with up to six digits of a second.',
  serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
  parseValue: (value) => parseDateTime(value),
  parseLiteral(node) {
    if (node.kind === Kind.STRING) return parseDateTime(node.value, node);
    throw new GraphQLError(`DateTime: expected a string such as "2026-01-31T12:00:00Z", got ${node.kind}`, {
      nodes: node,
    });
  },
});

/** To UTC, keeping the digits of the second. */
export function parseDateTime(value: unknown, nodes?: ValueNode): string {
  const match = typeof value === 'string' ? form.exec(value) : null;
  if (match) {
    const [, date, time, fraction = '', zone = 'Z'] = match;
    const instant = new Date(`${date}T${time}${zone.toUpperCase()}`);
    const local = new Date(`${date}T${time}Z`);
    // Date rolls the 31st of February over into March; whoever wrote it meant something else.
    const isReal = !Number.isNaN(local.getTime()) && local.toISOString().startsWith(`${date}T`);
    // A zone can move a time out of the years that RFC 3339 and PostgreSQL both know.
    const year = instant.getUTCFullYear();
    if (isReal && year >= 1 && year <= 9999)
      return `${instant.toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(3, '0')}Z`;
  }
  throw new GraphQLError(`DateTime: expected RFC 3339 such as "2026-01-31T12:00:00Z", got ${shown(value)}`, {
    nodes,
  });
}
