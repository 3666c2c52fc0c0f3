import { type GraphQLFormattedError, type GraphQLSchema, isEnumType } from 'graphql';

/** A longer list is for the documentation. */
const maxNamed = 20;

/** Adds the values of an enum to the error of one that it does not have, where graphql-js found none that is spelled alike. */
export function nameValues(formatted: GraphQLFormattedError, schema: GraphQLSchema): GraphQLFormattedError {
  const [, name] = /(?:^|; )Value "[^"]*" does not exist in "(\w+)" enum\.$/.exec(formatted.message) ?? [];
  const type = name === undefined ? undefined : schema.getType(name);
  if (!isEnumType(type) || type.getValues().length > maxNamed) return formatted;
  const values = type.getValues().map((value) => value.name);
  return { ...formatted, message: `${formatted.message} Expected one of ${values.join(', ')}.` };
}
