import { mayAccess } from '../../auth/enforce-access.js';
import { refusal } from '../../auth/refusal.js';
import { badInput } from '../../errors.js';
import type { AnalyticsContext } from '../context.js';
import { requireStorable } from '../filtering/storable-text.js';
import type { Selection } from '../selection.js';
import { parseGlobalId } from './global-id.js';
import type { NodeRow } from './node.js';
import { nodeTypes } from './node-types.js';

/**
 * Finds an object by its identifier; null when there is none.
 * @throws GatewayError for what is no identifier, and for objects that the viewer may not see
 */
export async function findNode(
  context: AnalyticsContext,
  argument: string,
  id: string,
  selection: Selection,
): Promise<NodeRow | null> {
  const { type: __typename, key } = parseGlobalId(id) ?? { type: '', key: [] };
  const type = nodeTypes.get(__typename);
  if (!type?.isKey(key))
    throw badInput(`${argument}: expected an \`id\` that an answer had, got ${JSON.stringify(id)}`);
  for (const part of key) requireStorable(argument, part);
  if (!mayAccess(context.viewer, type.rule, key, null))
    throw refusal(context.viewer, `Query.node(${__typename})`, type.rule);
  const row = await type.find(context, key, selection);
  return row && { ...row, __typename };
}
