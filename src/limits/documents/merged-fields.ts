import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  print,
  type SelectionSetNode,
} from 'graphql';

/** What the fields of a document come to where those of one response name are merged, which is how they are validated. */
export interface MergedFields {
  /** Fields, those of a fragment wherever it is used. */
  readonly fields: number;
  /** How often one field is selected in one object of the answer. */
  readonly repeats: number;
  /** Comparisons of two selections that validation makes, about. */
  readonly comparisons: number;
  /** Pairs of fields under one response name that may be different: by name, by arguments, or by the type they are of. */
  readonly conflicts: number;
  /** Inline fragments directly within each other. */
  readonly inlineLevels: number;
}

/** Counting ends where more than this was found, because the document is refused for it in any case. */
export const mergedLimits: MergedFields = Object.freeze({
  fields: 10_000,
  repeats: 30,
  comparisons: 3_000,
  conflicts: 100,
  inlineLevels: 10,
});

/** Fields below each other that are looked at; what is deeper is refused for its depth, or is a circle. */
const maxDepth = 40;

interface Part {
  readonly set: SelectionSetNode;
  /** Of whatever object the set is selected from: two parts of one object have the same. */
  readonly origin: number;
}

interface Group {
  readonly parts: Part[];
  /** How many fields there are of each kind. */
  readonly kinds: Map<number, number>;
  count: number;
  /** The sum of what each field counts in a comparison. */
  weight: number;
}

/**
 * Counts what graphql-js compares when it looks for fields that cannot be merged, which takes the square of repetitions
 * on each level: 30 times `songs` with 25 times `nodes` each are 281,000 comparisons of `nodes`.
 */
export function countMergedFields(
  document: DocumentNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): MergedFields {
  const counts = { fields: 0, repeats: 0, comparisons: 0, conflicts: 0, inlineLevels: 0 };
  const ids = new Map<string, number>();
  const idOf = (text: string) => {
    const id = ids.get(text) ?? ids.size;
    ids.set(text, id);
    return id;
  };
  const calls = new Map<FieldNode, number>();
  const callOf = (node: FieldNode) => {
    const known = calls.get(node);
    if (known !== undefined) return known;
    const call = idOf(`${node.name.value}(${node.arguments?.map(print).sort().join() ?? ''})`);
    calls.set(node, call);
    return call;
  };
  const isOver = () =>
    (Object.keys(counts) as (keyof MergedFields)[]).some((name) => counts[name] > mergedLimits[name]);

  const merge = (parts: readonly Part[]): Group[] => {
    const groups = new Map<string, Group>();
    const spread = new Set<string>();
    const collect = ({ set, origin }: Part, level: number) => {
      if (isOver()) return;
      const spreads = spreadsIn(set);
      counts.comparisons += (spreads * (spreads - 1) * (1 + level)) / 2;
      for (const node of set.selections) {
        if (node.kind === Kind.FIELD) add(node, origin, level);
        else if (node.kind === Kind.INLINE_FRAGMENT) {
          counts.inlineLevels = Math.max(counts.inlineLevels, level + 1);
          const condition = node.typeCondition?.name.value;
          const inner = condition === undefined ? origin : idOf(`${origin} on ${condition}`);
          collect({ set: node.selectionSet, origin: inner }, level + 1);
        } else {
          const fragment = fragments.get(node.name.value);
          if (!fragment || spread.has(node.name.value)) continue;
          spread.add(node.name.value);
          const inner = idOf(`${origin} on ${fragment.typeCondition.name.value}`);
          collect({ set: fragment.selectionSet, origin: inner }, level);
        }
      }
    };
    const add = (node: FieldNode, origin: number, level: number) => {
      const key = (node.alias ?? node.name).value;
      const group: Group = groups.get(key) ?? { parts: [], kinds: new Map(), count: 0, weight: 0 };
      groups.set(key, group);
      const kind = idOf(`${origin} . ${callOf(node)}`);
      const alike = group.kinds.get(kind) ?? 0;
      const weight = 1 + (node.selectionSet ? spreadsIn(node.selectionSet) : 0);
      counts.fields += 1;
      counts.comparisons += weight * group.weight * (1 + level);
      counts.conflicts += group.count - alike;
      group.kinds.set(kind, alike + 1);
      group.count += 1;
      group.weight += weight;
      counts.repeats = Math.max(counts.repeats, group.count);
      if (node.selectionSet) group.parts.push({ set: node.selectionSet, origin: kind });
    };
    for (const part of parts) collect(part, 0);
    return [...groups.values()];
  };

  const open: { readonly parts: readonly Part[]; readonly depth: number }[] = [];
  for (const definition of document.definitions)
    if ('selectionSet' in definition)
      open.push({ parts: [{ set: definition.selectionSet, origin: idOf('') }], depth: 0 });
  for (let next = open.pop(); next && !isOver(); next = open.pop())
    for (const { parts } of merge(next.parts))
      if (parts.length > 0 && next.depth < maxDepth) open.push({ parts, depth: next.depth + 1 });
  return counts;
}

const spreadCounts = new WeakMap<SelectionSetNode, number>();

function spreadsIn(set: SelectionSetNode): number {
  let count = spreadCounts.get(set);
  if (count === undefined) {
    count = set.selections.filter(({ kind }) => kind === Kind.FRAGMENT_SPREAD).length;
    spreadCounts.set(set, count);
  }
  return count;
}
