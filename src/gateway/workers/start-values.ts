import { z } from 'zod';

/** The variable of a worker's environment that holds them. Nobody else sets it. */
export const startVariable = 'MYCELIX_ANALYTICS_WORKER';

const startValues = z.object({
  /** From 1 on. A worker that takes the place of another one has its number. */
  number: z.int().min(1),
  /** How many there are. */
  workers: z.int().min(2),
  /** Whether others answer meanwhile, so that it takes no connection before it is ready. */
  readyFirst: z.boolean(),
  /** The descriptor of the page of shown generations, how many slots it has, and which one is this worker's. */
  page: z.object({ descriptor: z.int().min(3), slots: z.int().min(1), slot: z.int().min(0) }),
  thresholds: z.object({
    slowQueryMs: z.number(),
    connectionPoolWarning: z.number(),
    viewStalenessHours: z.number(),
  }),
});

/** What a worker is told when it is started. */
export type StartValues = Readonly<z.infer<typeof startValues>>;

export function writeStartValues(values: StartValues): Record<string, string> {
  return { [startVariable]: JSON.stringify(values) };
}

/**
 * @returns null in a process that is no worker
 * @throws Error for anything but what `writeStartValues` wrote
 */
export function readStartValues(env: Readonly<Record<string, string | undefined>>): StartValues | null {
  const text = env[startVariable];
  return text === undefined ? null : startValues.parse(JSON.parse(text));
}
