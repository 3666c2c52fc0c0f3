import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  visit,
} from 'graphql';
import type { FieldOf, View } from '../catalogue/view.js';
import { composedKey } from '../composed-key.js';

/** What was found below a field, by the path from it; documents are kept, so the same fields come again. */
const found = new WeakMap<FieldNode, Map<string, ReadonlySet<string>>>();

/**
 * The names of the fields that the document asks for below the current one, or below a path from it, such as
 * `['edges', 'node']`. Fragments are followed, `@skip` and `@include` are obeyed, aliases do not matter.
 */
export function selectedFields(info: GraphQLResolveInfo, path: readonly string[] = []): ReadonlySet<string> {
  const [node, ...others] = info.fieldNodes;
  const isSteady = others.length === 0 && hasSteadyFields(info);
  const known = isSteady && node ? found.get(node) : undefined;
  const key = composedKey(...path);
  const names = known?.get(key) ?? listSelectedFields(info, path);
  if (isSteady && node) found.set(node, (known ?? new Map<string, ReadonlySet<string>>()).set(key, names));
  return names;
}

/** What was found out of operations; one is asked about for every field that it selects below. */
const steady = new WeakMap<OperationDefinitionNode, boolean>();

/** Whether an operation has the same fields each time, because no variable decides what is left out. */
export function hasSteadyFields({
  operation,
  fragments,
}: Pick<GraphQLResolveInfo, 'operation' | 'fragments'>): boolean {
  const known = steady.get(operation);
  if (known !== undefined) return known;
  let isSteady = true;
  for (const part of [operation, ...Object.values(fragments)])
    visit(part, {
      Directive(node) {
        if (node.arguments?.some(({ value }) => value.kind === Kind.VARIABLE)) isSteady = false;
      },
    });
  steady.set(operation, isSteady);
  return isSteady;
}

function listSelectedFields(info: GraphQLResolveInfo, path: readonly string[]): ReadonlySet<string> {
  let level: readonly FieldNode[] = info.fieldNodes;
  for (const name of path) level = childrenOf(level, info).filter((field) => field.name.value === name);
  return new Set(childrenOf(level, info).map((field) => field.name.value));
}

function childrenOf(fields: readonly FieldNode[], info: GraphQLResolveInfo): FieldNode[] {
  const found: FieldNode[] = [];
  const visit = (selections: readonly SelectionNode[]) => {
    for (const selection of selections) {
      if (!isIncluded(selection, info)) continue;
      if (selection.kind === Kind.FIELD) found.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet.selections);
      else visit(info.fragments[selection.name.value]?.selectionSet.selections ?? []);
    }
  };
  for (const field of fields) visit(field.selectionSet?.selections ?? []);
  return found;
}

function isIncluded(selection: SelectionNode, info: GraphQLResolveInfo): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues);
  return skip?.if !== true && include?.if !== false;
}

/** A column of a view under the name of its field, as Kysely selects it: `play_count as playCount`. */
export type SelectionOf<Of extends View> = {
  [Field in FieldOf<Of>]: `${Of['columns'][Field]['name']} as ${Field}`;
}[FieldOf<Of>];

/** Selections by the set of fields; the sets stay the same as long as the document does. */
const selections = new WeakMap<ReadonlySet<string>, Map<string, readonly string[]>>();

/** The columns of the fields that were asked for, of the key, and of those that are needed besides. */
export function selectedColumns<Of extends View>(
  view: Of,
  fields: ReadonlySet<string>,
  needed: readonly FieldOf<Of>[] = [],
): readonly SelectionOf<Of>[] {
  const known = selections.get(fields) ?? new Map<string, readonly string[]>();
  selections.set(fields, known);
  const key = composedKey(view.name, ...needed);
  const columns = known.get(key) ?? listColumns(view, new Set([...fields, ...view.key, ...needed]));
  known.set(key, columns);
  return columns as readonly SelectionOf<Of>[];
}

function listColumns({ columns }: View, wanted: ReadonlySet<string>): readonly string[] {
  const fields = Object.keys(columns).filter((field) => wanted.has(field));
  // A query has to read something, even where only __typename was asked for.
  if (fields.length === 0) fields.push(Object.keys(columns)[0]!);
  return Object.freeze(fields.map((field) => `${columns[field]!.name} as ${field}`));
}

/** What the document asks for of a connection. */
export interface ConnectionFields {
  readonly parts: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
}

const connectionsFound = new WeakMap<ReadonlySet<string>, ConnectionFields>();

/** What the document asks for of a connection: its parts, and the fields of its rows by either way to them. */
export function connectionFields(info: GraphQLResolveInfo): ConnectionFields {
  const parts = selectedFields(info);
  const known = connectionsFound.get(parts);
  if (known) return known;
  const fields = new Set([...selectedFields(info, ['nodes']), ...selectedFields(info, ['edges', 'node'])]);
  connectionsFound.set(parts, { parts, fields });
  return { parts, fields };
}
