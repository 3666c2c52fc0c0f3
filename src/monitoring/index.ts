import { MonitoringResolver } from './resolver.js';

/** Everything that answers questions about health. */
export const monitoringResolvers = [MonitoringResolver] as const;
