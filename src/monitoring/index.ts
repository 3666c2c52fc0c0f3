import { AdviceResolver } from './advice/resolver.js';
import { PlansResolver } from './plans/resolver.js';
import { MonitoringResolver } from './resolver.js';

/** Everything that answers questions about health. */
export const monitoringResolvers = [MonitoringResolver, PlansResolver, AdviceResolver] as const;
