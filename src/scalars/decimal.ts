import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { shown } from './shown.js';

// With an exponent, because that is how most languages write a small number such as 0.00000001.
const form = /^[+-]?(\d{1,60}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?$/;

/** Exact decimal numbers. They travel as JSON strings, because a JSON number loses digits in most languages. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description:
    'An exact decimal number, written as a JSON string such as "12.50000000". Input may be a string or a number.',
  serialize: (value) => String(value),
  parseValue: (value) => parseDecimal(value),
  parseLiteral(node) {
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT)
      return parseDecimal(node.value, node);
    throw new GraphQLError(`Decimal: expected a number or a string such as "12.5", got ${node.kind}`, {
      nodes: node,
    });
  },
});

function parseDecimal(value: unknown, nodes?: ValueNode): string {
  if (typeof value === 'number' && Number.isFinite(value) && form.test(String(value))) return String(value);
  if (typeof value === 'string' && form.test(value)) return value;
  throw new GraphQLError(`Decimal: expected a number or a string such as "12.5", got ${shown(value)}`, {
    nodes,
  });
}
