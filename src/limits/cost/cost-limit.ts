import type { Limits } from '../../config/limits.js';
import { badInput, GatewayError } from '../../errors.js';
import type { Cost } from './cost.js';

export type CostLimits = Pick<Limits, 'cost' | 'page' | 'conditions' | 'patterns' | 'counts'>;

/** What an answer says about its cost, in `extensions.cost`. */
export interface CostSaid {
  readonly requested: number;
  readonly limit: number;
}

/** The longest page that the schema itself allows; fields refuse longer ones in their own words. */
const maxPageLength = 100;

const countedThings = [
  ['conditions', 'conditions in its filters'],
  ['patterns', 'conditions that look for a part of a text'],
  ['counts', 'total counts'],
] as const;

/** Why an operation is refused for its cost or its pages; null when it may be executed. */
export function costFault(load: Cost, limits: CostLimits): GatewayError | null {
  const { requested, longest } = load;
  const { cost, page } = limits;
  if (page < maxPageLength && longest && longest.size > page)
    return badInput(`${longest.argument}: expected a number from 0 to ${page}, got ${longest.size}`);
  for (const [name, what] of countedThings)
    if (load[name] > limits[name])
      return new GatewayError(
        'COST_LIMIT_EXCEEDED',
        `The operation: expected at most ${limits[name]} ${what}, got ${load[name]}.`,
      );
  if (requested <= cost) return null;
  return new GatewayError(
    'COST_LIMIT_EXCEEDED',
    `The operation: expected a cost of at most ${cost}, got ${requested}. Ask for shorter pages, for fewer fields, or in several requests.`,
  );
}
