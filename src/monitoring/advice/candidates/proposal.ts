import { composedKey } from '../../../composed-key.js';
import type { Reader } from '../../../database/reader/reader.js';
import type { PlanNode } from '../../explain/plan.js';
import { type Need, needsOf } from '../plan-reading/needs.js';
import { listRelations, type Relation } from '../plan-reading/relation.js';
import { type Candidate, candidatesOf } from './candidate.js';
import { isServed } from './served.js';

/** Candidate indexes for one table of a statement. */
export interface Proposal {
  readonly need: Need;
  /** The table, or the partitions that the plan reads. */
  readonly relations: readonly [Relation, ...Relation[]];
  readonly candidates: readonly Candidate[];
}

/** Maximum number of candidates tried per table. */
const maxCandidates = 16;

/** Candidate indexes for a plan, by table, without those that exist. */
export async function proposalsFor(reader: Reader, plan: PlanNode): Promise<Proposal[]> {
  const needs = needsOf(plan);
  const relations = needs.length > 0 ? await listRelations(reader, needs) : [];
  const groups = new Map<string, { needs: Need[]; relations: Relation[] }>();
  for (const need of needs) {
    const relation = relations.find(({ schema, name }) => schema === need.schema && name === need.relation);
    if (!relation) continue;
    const key = groupOf(need, relation);
    const group = groups.get(key) ?? { needs: [], relations: [] };
    group.needs.push(need);
    if (!group.relations.includes(relation)) group.relations.push(relation);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => proposalOf(group.needs, group.relations));
}

/** Partitions are grouped by their partitioned table and its alias. */
function groupOf(need: Need, { partitioned, oid }: Relation): string {
  if (!partitioned) return composedKey(oid, need.alias);
  return composedKey(partitioned.schema, partitioned.name, need.tableAlias);
}

function proposalOf(needs: readonly Need[], [first, ...others]: readonly Relation[]): Proposal[] {
  if (!first || !needs[0]) return [];
  const relations = [first, ...others] as const;
  const candidates = relations.flatMap((relation) =>
    needs.filter((need) => need.relation === relation.name).flatMap((need) => candidatesOf(need, relation)),
  );
  const missing = candidates.filter(
    (candidate) => !relations.every((relation) => isServed(candidate, relation)),
  );
  const distinct = [...new Map(missing.map((candidate) => [JSON.stringify(candidate), candidate])).values()];
  if (distinct.length === 0) return [];
  return [
    {
      need: { ...needs[0], rows: needs.reduce((sum, need) => sum + need.rows, 0) },
      relations,
      candidates: distinct.slice(0, maxCandidates),
    },
  ];
}
