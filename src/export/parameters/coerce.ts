import { coerceInputValue, type GraphQLArgument, GraphQLInt, getNullableType } from 'graphql';
import { parse as parseJson } from 'secure-json-parse';
import { badInput, type GatewayError } from '../../errors.js';
import { variablesFault } from '../../limits/documents/nesting.js';

/**
 * Reads JSON as the argument of a field takes it: what GraphQL refuses in a variable is refused here.
 * @throws GatewayError `BAD_USER_INPUT` naming the first thing that is wrong
 */
export function coerceJson(text: string, argument: GraphQLArgument, describesSchema: boolean): unknown {
  const { name } = argument;
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    throw badInput(`${name}: expected JSON, got something else`);
  }
  const fault = variablesFault({ [name]: value });
  if (fault !== null) throw badInput(fault.replace('The variables', name));
  return coerce(name, value, argument, describesSchema);
}

/** The same for a single value that is written without quotes. */
export function coerceText(
  name: string,
  text: string,
  argument: GraphQLArgument,
  describesSchema: boolean,
): unknown {
  const isNumber = getNullableType(argument.type) === GraphQLInt && /^-?\d{1,10}$/.test(text);
  return coerce(name, isNumber ? Number(text) : text, argument, describesSchema);
}

function coerce(name: string, value: unknown, { type }: GraphQLArgument, describesSchema: boolean): unknown {
  let first: GatewayError | null = null;
  const coerced = coerceInputValue(value, type, (path, _value, { message }) => {
    const place = [name, ...path].join('.');
    first ??= badInput(`${place}: ${describesSchema ? message : withoutSuggestions(message)}`);
  });
  if (first) throw first;
  return coerced;
}

function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean(.+?)\?$/, '');
}
