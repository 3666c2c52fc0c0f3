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

/** Names of fields by the path below a node. Parsed documents are reused, so the same nodes come again. */
const selectionCache = new WeakMap<FieldNode, Map<string, ReadonlySet<string>>>();

/**
 * The names of the selected fields below the current one, or below a path from it, such as `['edges', 'node']`. Fragments
 * are followed, `@skip` and `@include` are obeyed, and aliases are ignored.
 */
export function selectedFields(info: GraphQLResolveInfo, path: readonly string[] = []): ReadonlySet<string> {
  const [node, ...others] = info.fieldNodes;
  const isStatic = others.length === 0 && hasStaticSelection(info);
  const known = isStatic && node ? selectionCache.get(node) : undefined;
  const key = composedKey(...path);
  const names = known?.get(key) ?? listSelectedFields(info, path);
  if (isStatic && node)
    selectionCache.set(node, (known ?? new Map<string, ReadonlySet<string>>()).set(key, names));
  return names;
}

/** Cached results for each operation. */
const staticOperations = new WeakMap<OperationDefinitionNode, boolean>();

/** Whether no argument of a directive is a variable, so that each execution selects the same fields. */
export function hasStaticSelection({
  operation,
  fragments,
}: Pick<GraphQLResolveInfo, 'operation' | 'fragments'>): boolean {
  const known = staticOperations.get(operation);
  if (known !== undefined) return known;
  let isStatic = true;
  for (const part of [operation, ...Object.values(fragments)])
    visit(part, {
      Directive(node) {
        if (node.arguments?.some(({ value }) => value.kind === Kind.VARIABLE)) isStatic = false;
      },
    });
  staticOperations.set(operation, isStatic);
  return isStatic;
}

function listSelectedFields(info: GraphQLResolveInfo, path: readonly string[]): ReadonlySet<string> {
  let level: readonly FieldNode[] = info.fieldNodes;
  for (const name of path) level = childrenOf(level, info).filter((field) => field.name.value === name);
  return new Set(childrenOf(level, info).map((field) => field.name.value));
}

function childrenOf(fields: readonly FieldNode[], info: GraphQLResolveInfo): FieldNode[] {
  const children: FieldNode[] = [];
  const collect = (selections: readonly SelectionNode[]) => {
    for (const selection of selections) {
      if (!isIncluded(selection, info)) continue;
      if (selection.kind === Kind.FIELD) children.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet.selections);
      else collect(info.fragments[selection.name.value]?.selectionSet.selections ?? []);
    }
  };
  for (const field of fields) collect(field.selectionSet?.selections ?? []);
  return children;
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

/** Selections by the set of fields, which is the same object for the same node of a document. */
const selections = new WeakMap<ReadonlySet<string>, Map<string, readonly string[]>>();

/** The columns of the selected fields, of the key, and of the fields that are needed besides. */
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
  return intern(fields.map((field) => `${columns[field]!.name} as ${field}`));
}

const maxInterned = 500;
const interned = new Map<string, readonly string[]>();

/** One object for equal lists, so that compiled queries can be looked up by its identity. */
function intern(list: readonly string[]): readonly string[] {
  const key = composedKey(...list);
  const known = interned.get(key);
  if (known) return known;
  if (interned.size < maxInterned) interned.set(key, list);
  return list;
}

/** The selected fields of a connection, and of its rows. */
export interface ConnectionFields {
  readonly parts: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
}

const connectionsFound = new WeakMap<ReadonlySet<string>, ConnectionFields>();

/** The selected fields of a connection, and those below `nodes` and `edges.node`. */
export function connectionFields(info: GraphQLResolveInfo): ConnectionFields {
  const parts = selectedFields(info);
  const known = connectionsFound.get(parts);
  if (known) return known;
  const fields = new Set([...selectedFields(info, ['nodes']), ...selectedFields(info, ['edges', 'node'])]);
  connectionsFound.set(parts, { parts, fields });
  return { parts, fields };
}
