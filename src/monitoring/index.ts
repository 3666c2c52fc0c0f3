import { AdviceResolver } from './advice/resolver.js';
import { AlertsResolver } from './alerts/resolver.js';
import { IndexesResolver } from './diagnosis/indexes/resolver.js';
import { DatabaseFactsResolver, DatabaseResolver } from './diagnosis/server/resolver.js';
import { SessionsResolver } from './diagnosis/sessions/resolver.js';
import { StatementsResolver } from './diagnosis/statements/resolver.js';
import { TablesResolver } from './diagnosis/tables/resolver.js';
import { ExplainResolver } from './explain/resolver.js';
import { MaintenanceResolver } from './maintenance/resolver.js';
import { PoolResolver } from './observation/pool/resolver.js';
import { QueryMetricsResolver } from './observation/queries/resolver.js';
import { ResponseCacheResolver } from './observation/response-cache/resolver.js';
import { RefreshHistoryResolver } from './refresh-history/resolver.js';
import { ReplicasResolver } from './replicas/resolver.js';
import { MonitoringResolver } from './resolver.js';
import { VerificationResolver } from './verification/resolver.js';

/** All resolvers of `Query.monitoring` and its mutations. */
export const monitoringResolvers = [
  MonitoringResolver,
  ExplainResolver,
  AdviceResolver,
  QueryMetricsResolver,
  PoolResolver,
  ReplicasResolver,
  ResponseCacheResolver,
  RefreshHistoryResolver,
  VerificationResolver,
  AlertsResolver,
  DatabaseResolver,
  DatabaseFactsResolver,
  IndexesResolver,
  TablesResolver,
  SessionsResolver,
  StatementsResolver,
  MaintenanceResolver,
] as const;
