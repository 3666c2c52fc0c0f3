import type { Database } from '../../database/database.js';
import type { PlanNode } from '../plans/plan.js';
import { type Candidate, candidatesOf } from './candidate.js';
import { type Need, needsOf } from './needs.js';
import { listRelations, type Relation } from './relation.js';
import { isServed } from './served.js';

/** What could be made for one table of a statement. */
export interface Proposal {
  readonly need: Need;
  /** The table; or those of its partitions that the plan reads. */
  readonly relations: readonly [Relation, ...Relation[]];
  readonly candidates: readonly Candidate[];
}

/** More are not tried for one table: the promising ones stand first. */
const mostCandidates = 16;

/** The indexes that are worth being tried out for a plan, table by table. Those that exist already are not among them. */
export async function proposalsFor(database: Database, plan: PlanNode): Promise<Proposal[]> {
  const needs = needsOf(plan);
  const relations = needs.length > 0 ? await listRelations(database, needs) : [];
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

/** The partitions of one table are one thing, each time that the table is named in the statement. */
function groupOf(need: Need, { partitioned, oid }: Relation): string {
  if (!partitioned) return `${oid} ${need.alias}`;
  return `${partitioned.schema}.${partitioned.name} ${need.alias.replace(/_\d+$/, '')}`;
}

function proposalOf(needs: readonly Need[], [first, ...others]: readonly Relation[]): Proposal[] {
  if (!first || !needs[0]) return [];
  const relations = [first, ...others] as const;
  const candidates = relations.flatMap((relation) =>
    needs.filter((need) => need.relation === relation.name).flatMap((need) => candidatesOf(need, relation)),
  );
  const missing = candidates.filter(
    (candidate) => !relations.every((relation) => isServed(candidate, relation.indexes)),
  );
  const distinct = [...new Map(missing.map((candidate) => [JSON.stringify(candidate), candidate])).values()];
  if (distinct.length === 0) return [];
  return [
    {
      need: { ...needs[0], rows: needs.reduce((sum, need) => sum + need.rows, 0) },
      relations,
      candidates: distinct.slice(0, mostCandidates),
    },
  ];
}
