import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Limits } from '../../config/limits.js';
import { countMergedFields, mergedLimits } from './merged-fields.js';

export type DocumentLimits = Pick<Limits, 'depth' | 'aliases' | 'directives' | 'rootFields' | 'fragments'>;

/** How many directives may stand at one place. */
const maxDirectivesAtOnce = 4;
/** How long an alias may be; it comes back with every row and with every error. */
const maxAliasLength = 100;
/** How many operations a document may define; each is compared with everything that its fragments use. */
const maxOperations = 20;
/** How deep the description of the schema may be asked for; tools ask for fifteen. */
const maxIntrospectionDepth = 20;

/**
 * Says what a document has too much of, before it is compared with any schema, because that comparison is what such
 * documents are made to prolong. Null when it is within its limits.
 */
export function documentFault(document: DocumentNode, limits: DocumentLimits): string | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  if (operations.length > maxOperations) return tooMany('operations', maxOperations, operations.length);
  const defined = document.definitions.length - operations.length;
  if (defined > limits.fragments) return tooMany('fragments', limits.fragments, defined);

  const counts = countIn(document);
  if (counts.aliases > limits.aliases) return tooMany('aliases', limits.aliases, counts.aliases);
  if (counts.longestAlias > maxAliasLength)
    return tooMany('characters in one alias', maxAliasLength, counts.longestAlias);
  if (counts.directives > limits.directives)
    return tooMany('directives', limits.directives, counts.directives);
  if (counts.directivesAtOnce > maxDirectivesAtOnce)
    return tooMany('directives at one place', maxDirectivesAtOnce, counts.directivesAtOnce);

  const measure = createMeasure(fragments);
  for (const operation of operations) {
    const { data, introspection, width } = measure(operation.selectionSet);
    if (width > limits.rootFields) return tooMany('fields at the root', limits.rootFields, width);
    if (data > limits.depth) return tooMany('levels of fields', limits.depth, data);
    if (introspection > maxIntrospectionDepth)
      return tooMany('levels of introspection', maxIntrospectionDepth, introspection);
  }
  return mergingFault(document, fragments);
}

/** What the counts of merged fields are called where there are too many of them. */
const mergedNames = {
  inlineLevels: 'inline fragments directly within each other',
  repeats: 'repetitions of one field',
  conflicts: 'repetitions of one name with different fields, arguments or types',
  comparisons: 'comparisons of repeated fields and fragments',
  fields: 'fields, those of fragments wherever they are used',
} as const;

function mergingFault(
  document: DocumentNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): string | null {
  const counts = countMergedFields(document, fragments);
  for (const name of Object.keys(mergedNames) as (keyof typeof mergedNames)[])
    if (counts[name] > mergedLimits[name])
      return `The document: expected at most ${mergedLimits[name]} ${mergedNames[name]}, got more.`;
  return null;
}

function tooMany(what: string, limit: number, got: number): string {
  return `The document: expected at most ${limit} ${what}, got ${got}.`;
}

interface Counts {
  aliases: number;
  longestAlias: number;
  directives: number;
  directivesAtOnce: number;
}

/** Counts what is written, each thing once, wherever it stands. */
function countIn(document: DocumentNode): Counts {
  const counts: Counts = { aliases: 0, longestAlias: 0, directives: 0, directivesAtOnce: 0 };
  const open: SelectionSetNode[] = [];
  const countDirectives = (node: { readonly directives?: readonly unknown[] | undefined }) => {
    const { length } = node.directives ?? [];
    counts.directives += length;
    counts.directivesAtOnce = Math.max(counts.directivesAtOnce, length);
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      countDirectives(definition);
      for (const variable of definition.variableDefinitions ?? []) countDirectives(variable);
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) countDirectives(definition);
    else continue;
    open.push(definition.selectionSet);
  }
  for (let next = open.pop(); next; next = open.pop()) {
    for (const node of next.selections) {
      countDirectives(node);
      if (node.kind === Kind.FIELD && node.alias) {
        counts.aliases += 1;
        counts.longestAlias = Math.max(counts.longestAlias, node.alias.value.length);
      }
      if (node.kind !== Kind.FRAGMENT_SPREAD && node.selectionSet) open.push(node.selectionSet);
    }
  }
  return counts;
}

/** How deep a selection goes, and how many fields it starts with. */
interface Extent {
  readonly data: number;
  readonly introspection: number;
  readonly width: number;
}

const nothing: Extent = Object.freeze({ data: 0, introspection: 0, width: 0 });

/** Deeper than any limit may be set to. What goes on below is not looked at: there may be too much of it for the stack. */
const bottom = 200;
const tooDeep: Extent = Object.freeze({ data: bottom, introspection: bottom, width: 0 });

/** Measures each fragment once: measuring it wherever it is used can take for ever. */
function createMeasure(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
  const known = new Map<string, Extent>();
  const ofFragment = (name: string, level: number): Extent => {
    const before = known.get(name);
    if (before) return before;
    // Stands while the fragment is being measured, so that a circle ends; validation refuses it.
    known.set(name, nothing);
    const fragment = fragments.get(name);
    const extent = fragment ? ofSelection(fragment.selectionSet, level) : nothing;
    known.set(name, extent);
    return extent;
  };
  const ofSelection = (selection: SelectionSetNode, level: number): Extent => {
    if (level > bottom) return tooDeep;
    let [data, introspection, width] = [0, 0, 0];
    for (const node of selection.selections) {
      if (node.kind === Kind.FIELD) {
        const below = node.selectionSet ? ofSelection(node.selectionSet, level + 1) : nothing;
        const isIntrospection = node.name.value === '__schema' || node.name.value === '__type';
        if (isIntrospection) introspection = Math.max(introspection, below.data + 1);
        else data = Math.max(data, below.data + 1);
        introspection = Math.max(introspection, below.introspection);
        width += 1;
        continue;
      }
      const extent =
        node.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(node.name.value, level + 1)
          : ofSelection(node.selectionSet, level + 1);
      data = Math.max(data, extent.data);
      introspection = Math.max(introspection, extent.introspection);
      width += extent.width;
    }
    return { data, introspection, width };
  };
  return (selection: SelectionSetNode) => ofSelection(selection, 1);
}
