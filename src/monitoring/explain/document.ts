import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { badInput } from '../../errors.js';

/** Same limit as for operators' documents. */
const maxTokens = 10_000;

/**
 * Parses and validates the document to be explained. It is only read as GraphQL, so no SQL can be injected.
 * @throws GatewayError `BAD_USER_INPUT` unless it is one valid query of analytics fields
 */
export function documentOf(schema: GraphQLSchema, text: string): DocumentNode {
  const document = parsed(text);
  const [fault] = validate(schema, document, undefined, { maxErrors: 1 });
  if (fault) throw badInput(`query: expected a document that fits the schema, got: ${fault.message}`);
  const operations = document.definitions.filter((part) => part.kind === Kind.OPERATION_DEFINITION);
  if (operations.length !== 1) throw badInput(`query: expected one operation, got ${operations.length}`);
  const kind = operations[0]?.operation;
  if (kind !== OperationTypeNode.QUERY)
    throw badInput(`query: expected a query, because nothing may be changed, got a ${kind}`);
  refuseFields(schema, document);
  return document;
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw badInput(`query: expected a GraphQL document, got: ${error.message}`);
  }
}

/** `monitoring` would recurse; introspection runs no SQL. */
const refused: Readonly<Record<string, string>> = {
  monitoring: 'a query of analytics, because monitoring cannot explain itself',
  __schema: 'a query of analytics, because the schema is described without the database',
  __type: 'a query of analytics, because the schema is described without the database',
};

function refuseFields(schema: GraphQLSchema, document: DocumentNode): void {
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name }) {
        const reason = types.getParentType() === schema.getQueryType() ? refused[name.value] : undefined;
        if (reason) throw badInput(`query: expected ${reason}, got ${name.value}`);
      },
    }),
  );
}
