import { availableParallelism } from 'node:os';
import type { Config } from '../../config/config.js';

/** How many processes answer. One process owns the embedded database. */
export function countWorkers({ workers, databaseUrl }: Pick<Config, 'workers' | 'databaseUrl'>): number {
  if (workers !== 'auto') return workers;
  return databaseUrl ? availableParallelism() : 1;
}
