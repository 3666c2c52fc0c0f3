import {
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';
import { sha256Of } from './trusted-documents.js';

/**
 * Makes the manifest of trusted documents from the texts of files with named operations: each operation with the
 * fragments that it uses, in the order in which it uses them, as generated front-end code prints it.
 */
export function trustedManifest(sources: readonly string[]): Record<string, string> {
  const { definitions } = parse(sources.join('\n'));
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);

  const texts = definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) =>
      print({ kind: Kind.DOCUMENT, definitions: [operation, ...usedBy(operation, fragments)] }),
    );
  return Object.fromEntries(texts.map((text) => [sha256Of(text), text]));
}

function usedBy(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FragmentDefinitionNode[] {
  const used = new Map<string, FragmentDefinitionNode>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode) =>
    void visit(node, {
      FragmentSpread({ name: { value: name } }) {
        const fragment = fragments.get(name);
        if (!fragment) throw new Error(`Expected a fragment ${name} among the published ones, got none.`);
        if (used.has(name)) return;
        used.set(name, fragment);
        collect(fragment);
      },
    });
  collect(operation);
  return [...used.values()];
}
