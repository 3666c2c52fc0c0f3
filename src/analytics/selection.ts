import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionNode } from 'graphql';
import type { Column } from '../catalogue/column.js';
import type { FieldOf, View } from '../catalogue/view.js';
import { composedKey } from '../composed-key.js';
import { dependsOnVariable, isIncluded } from '../language/included.js';
import { suppressedField } from './withholding/suppressed.js';

/** A column of a view under the name of its field, as Kysely selects it: `play_count as playCount`. */
export type SelectionOf<Of extends View> = {
  [Field in FieldOf<Of>]: `${Of['columns'][Field]['name']} as ${Field}`;
}[FieldOf<Of>];

/** The columns that a statement reads. */
export interface Columns<Of extends View = View> {
  readonly selections: readonly SelectionOf<Of>[];
  /** Equal for equal columns; does not name the view. */
  readonly key: string;
}

/** The fields that a document selects of an object, and the columns that they are read from. */
export class Selection {
  readonly #columns = new Map<string, Columns>();

  constructor(readonly fields: ReadonlySet<string>) {}

  has(field: string): boolean {
    return this.fields.has(field);
  }

  /** The columns of the selected fields, of the key, and of the fields that are needed besides. */
  columns<Of extends View>(view: Of, needed: readonly FieldOf<Of>[] = []): Columns<Of> {
    const key = composedKey(view.name, ...needed);
    const known = this.#columns.get(key) ?? this.columnsWith(view, needed);
    this.#columns.set(key, known);
    return known as Columns<Of>;
  }

  /** Like `columns`, but not kept, because `needed` comes from the request. */
  columnsWith<Of extends View>(view: Of, needed: readonly FieldOf<Of>[]): Columns<Of> {
    const wanted = new Set<string>([...this.fields, ...view.key, ...needed]);
    const needsCounts = wanted.has(suppressedField);
    const fields = Object.entries<Column>(view.columns)
      .filter(([field, { isWithholdable }]) => wanted.has(field) || (needsCounts && isWithholdable))
      .map(([field]) => field as FieldOf<Of>);
    const selections = fields.map((field) => `${view.columns[field]!.name} as ${field}`);
    return { selections: selections as SelectionOf<Of>[], key: fields.join() };
  }

  /** What several selections select together. */
  static union(selections: Iterable<Selection>): Selection {
    const [first, ...others] = new Set(selections);
    if (first && others.length === 0) return first;
    return new Selection(new Set([first, ...others].flatMap((each) => [...(each?.fields ?? [])])));
  }
}

/** What the document asks for of a connection: its parts, and the fields of its rows. */
export interface ConnectionSelection {
  readonly parts: ReadonlySet<string>;
  readonly selection: Selection;
}

/** What the document asks for below one of its fields. */
interface Selected {
  readonly selection: Selection;
  readonly connection: ConnectionSelection;
}

/** Cached by AST node, as parsed documents are reused; not if the selection depends on a variable. */
const kept = new WeakMap<FieldNode, Selected>();

/** The fields that the document selects of the current one. Fragments and directives are followed, aliases do not matter. */
export function selectionOf(info: GraphQLResolveInfo): Selection {
  return selectedOf(info).selection;
}

/** The same for a connection, where the rows are in `nodes` and `edges.node`. */
export function connectionSelection(info: GraphQLResolveInfo): ConnectionSelection {
  return selectedOf(info).connection;
}

function selectedOf(info: GraphQLResolveInfo): Selected {
  const [node, ...others] = info.fieldNodes;
  if (!node || others.length > 0) return new SelectionReader(info).read();
  const known = kept.get(node);
  if (known) return known;
  const reader = new SelectionReader(info);
  const selected = reader.read();
  if (reader.isStatic) kept.set(node, selected);
  return selected;
}

/** Reads the selection of one execution of a field. */
class SelectionReader {
  /** Whether each execution selects the same. */
  isStatic = true;
  readonly #info: GraphQLResolveInfo;

  constructor(info: GraphQLResolveInfo) {
    this.#info = info;
  }

  read(): Selected {
    const parts = this.#childrenOf(this.#info.fieldNodes);
    const edges = this.#childrenOf(named('edges', parts));
    const rows = [...this.#childrenOf(named('nodes', parts)), ...this.#childrenOf(named('node', edges))];
    const fields = namesOf(parts);
    return {
      selection: new Selection(fields),
      connection: { parts: fields, selection: new Selection(namesOf(rows)) },
    };
  }

  #childrenOf(fields: readonly FieldNode[]): FieldNode[] {
    const children: FieldNode[] = [];
    const collect = (selections: readonly SelectionNode[]) => {
      for (const selection of selections) {
        this.isStatic &&= !dependsOnVariable(selection);
        if (!isIncluded(selection, this.#info.variableValues)) continue;
        if (selection.kind === Kind.FIELD) children.push(selection);
        else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet.selections);
        else collect(this.#info.fragments[selection.name.value]?.selectionSet.selections ?? []);
      }
    };
    for (const field of fields) collect(field.selectionSet?.selections ?? []);
    return children;
  }
}

function named(name: string, fields: readonly FieldNode[]): FieldNode[] {
  return fields.filter((field) => field.name.value === name);
}

function namesOf(fields: readonly FieldNode[]): ReadonlySet<string> {
  return new Set(fields.map((field) => field.name.value));
}
