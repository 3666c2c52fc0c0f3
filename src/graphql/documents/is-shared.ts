import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { accessRuleOf } from '../../auth/access.js';
import { followsViews } from '../../views/follows-views.js';

/**
 * Whether everybody gets the same answer to an operation until the views move: it is a query, everything in it is
 * public, and every field that is resolved says that it follows the views. Unmarked fields are never shared.
 * The document has to be valid.
 */
export function isShared(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  if (operation.operation !== 'query') return false;
  const types = new TypeInfo(schema);
  const parts = document.definitions.filter(
    (definition) => definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  let shared = true;
  visit(
    { kind: Kind.DOCUMENT, definitions: parts },
    visitWithTypeInfo(types, {
      Field(node) {
        if (node.name.value === '__typename') return;
        const type = types.getParentType();
        const field = types.getFieldDef();
        const isPublic =
          type && field && accessRuleOf(type as Parameters<typeof accessRuleOf>[0], field) === 'public';
        if (!isPublic || (field.resolve && !followsViews(field))) shared = false;
      },
    }),
  );
  return shared;
}
