import {
  type DocumentNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  visit,
} from 'graphql';

/**
 * Whether `@skip` and `@include` leave a selection in its place; `variables` are coerced.
 * @throws GraphQLError when the value of one of them does not fit
 */
export function isIncluded(selection: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  if (!selection.directives?.length) return true;
  return (
    getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false
  );
}

/** Whether a variable is an argument of one of its directives. */
export function dependsOnVariable({ directives = [] }: SelectionNode): boolean {
  return directives.some(({ arguments: given = [] }) =>
    given.some(({ value }) => value.kind === Kind.VARIABLE),
  );
}

/** The names of the variables that directives of a document have as arguments. */
export function directiveVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ arguments: given = [] }) {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
