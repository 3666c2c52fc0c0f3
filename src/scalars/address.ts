import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { shown } from './shown.js';

const form = /^0x[0-9a-fA-F]{1,64}$/;

/** The form as a regular expression that PostgreSQL understands, too. */
export const addressForm = form.source;

/** Wallet addresses. Nothing is known of them but their form, so upper and lower case stay as they are. */
export const AddressScalar = new GraphQLScalarType<string, string>({
  name: 'Address',
  description: 'A wallet address: 0x and 1 to 64 hexadecimal digits, compared exactly as it is stored.',
  serialize: (value) => String(value),
  parseValue: (value) => parseAddress(value),
  parseLiteral(node) {
    if (node.kind === Kind.STRING) return parseAddress(node.value, node);
    throw new GraphQLError(`Address: expected a string such as "0x1f", got ${node.kind}`, { nodes: node });
  },
});

/** Whether it has the form of an address. */
export function isAddress(text: string): boolean {
  return form.test(text);
}

function parseAddress(value: unknown, nodes?: ValueNode): string {
  if (typeof value === 'string' && isAddress(value)) return value;
  throw new GraphQLError(`Address: expected 0x and 1 to 64 hexadecimal digits, got ${shown(value)}`, {
    nodes,
  });
}
