import { type GraphQLNamedType, GraphQLObjectType, Kind, type SelectionSetNode } from 'graphql';
import type { Fragments } from '../../language/fragments.js';

/** Whether a type is an entry of a closed chart, which has revised figures. */
export function hasRevisedFigures(type: GraphQLNamedType): boolean {
  return type instanceof GraphQLObjectType && type.getFields().revisedPlays !== undefined;
}

/** Whether a type is an edition: all of its entries are revised together. */
export function isEdition(type: GraphQLNamedType): boolean {
  return type instanceof GraphQLObjectType && type.getFields().revisedUnavailable !== undefined;
}

/** Whether revised figures are selected of an entry. What a directive may remove counts, too. */
export function selectsRevisedFigures(selection: SelectionSetNode, fragments: Fragments): boolean {
  const visited = new Set<string>();
  const isIn = ({ selections }: SelectionSetNode): boolean =>
    selections.some((node) => {
      if (node.kind === Kind.FIELD) return /^revised(Plays|Rank)$/.test(node.name.value);
      if (node.kind === Kind.INLINE_FRAGMENT) return isIn(node.selectionSet);
      const { value: name } = node.name;
      if (visited.has(name)) return false;
      visited.add(name);
      return fragments[name] ? isIn(fragments[name].selectionSet) : false;
    });
  return isIn(selection);
}
