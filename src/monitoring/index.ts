import { AdviceResolver } from './advice/resolver.js';
import { AlertsResolver } from './alerts/resolver.js';
import { DatabaseFactsResolver, DatabaseResolver } from './facts/database-resolver.js';
import { FactsResolver } from './facts/resolver.js';
import { HistoryResolver } from './history/resolver.js';
import { MaintenanceResolver } from './maintenance/resolver.js';
import { PlansResolver } from './plans/resolver.js';
import { PoolResolver } from './pool/resolver.js';
import { QueryMetricsResolver } from './queries/resolver.js';
import { MonitoringResolver } from './resolver.js';
import { ResponseCacheResolver } from './response-cache/resolver.js';

/** Everything that answers questions about health. */
export const monitoringResolvers = [
  MonitoringResolver,
  PlansResolver,
  AdviceResolver,
  QueryMetricsResolver,
  PoolResolver,
  ResponseCacheResolver,
  HistoryResolver,
  AlertsResolver,
  DatabaseResolver,
  DatabaseFactsResolver,
  FactsResolver,
  MaintenanceResolver,
] as const;
