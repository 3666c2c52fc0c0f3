import type { Config } from '../../config/config.js';

/** Below that one relation could take every connection of a process. */
const leastConnections = 2;

/**
 * The configuration of one of several processes: what is bounded for the gateway is divided, rounded up. Alerts are sent by
 * the process that the others belong to.
 */
export function divideConfig(config: Config, workers: number): Config {
  const part = (total: number) => Math.ceil(total / workers);
  const { connectionLimits, tracing } = config;
  return Object.freeze({
    ...config,
    databaseConnections: Math.max(leastConnections, part(config.databaseConnections)),
    databaseQueue: part(config.databaseQueue),
    requestsAtOnce: part(config.requestsAtOnce),
    exportsAtOnce: part(config.exportsAtOnce),
    connectionLimits: Object.freeze({
      open: part(connectionLimits.open),
      unfinished: part(connectionLimits.unfinished),
      unfinishedPerAddress: part(connectionLimits.unfinishedPerAddress),
    }),
    responseCacheMegabytes: part(config.responseCacheMegabytes),
    tracing: tracing && Object.freeze({ ...tracing, tracesByCallers: part(tracing.tracesByCallers) }),
    webhooks: null,
  });
}
