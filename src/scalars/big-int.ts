import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { shown } from './shown.js';

const largest = 2n ** 63n - 1n;

/** Whole numbers of 64 bits: a JSON number as long as that is exact, a string above. */
export const BigIntScalar = new GraphQLScalarType<string, number | string>({
  name: 'BigInt',
  description:
    'A whole number of up to 64 bits. A JSON number up to 2^53-1, a JSON string beyond. Input may be either.',
  serialize(value) {
    if (Number.isSafeInteger(value)) return value as number;
    const whole = BigInt(value as bigint | number | string);
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole.toString();
  },
  parseValue: (value) => parseWhole(value),
  parseLiteral(node) {
    if (node.kind === Kind.INT || node.kind === Kind.STRING) return parseWhole(node.value, node);
    throw new GraphQLError(`BigInt: expected a whole number, got ${node.kind}`, { nodes: node });
  },
});

function parseWhole(value: unknown, nodes?: ValueNode): string {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text === 'string' && /^-?\d{1,19}$/.test(text)) {
    const whole = BigInt(text);
    if (whole <= largest && whole >= -largest - 1n) return whole.toString();
  }
  throw new GraphQLError(`BigInt: expected a whole number of at most 64 bits, got ${shown(value)}`, {
    nodes,
  });
}
