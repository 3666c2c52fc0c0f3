import { z } from 'zod';
import { AlertKind } from '../../monitoring/alerts/alerts.js';
import { metricsReport, questionSchema } from './questions.js';

/** How often a worker says that its event loop turns, in milliseconds. */
export const aliveEveryMs = 2_000;

const kind = z.enum(Object.values(AlertKind));
const spendings = z.array(
  z.object({ subject: z.string(), rate: z.number(), burst: z.number(), units: z.number() }),
);
const spent = z.object({ kind: z.literal('spent'), spendings });
const ask = z.object({ kind: z.literal('ask'), id: z.int(), question: questionSchema });
const noted = z.object({
  kind: z.literal('noted'),
  problems: z.array(
    z.object({
      kind,
      subject: z.string(),
      message: z.string(),
      value: z.number().nullish(),
      threshold: z.number().nullish(),
      times: z.int().min(1),
    }),
  ),
  recovered: z.array(z.object({ kind, subject: z.string() })),
});

const fromWorker = z.discriminatedUnion('kind', [
  /** It answers at this URL. */
  z.object({ kind: z.literal('listening'), url: z.string() }),
  /** Its database is ready. */
  z.object({ kind: z.literal('ready') }),
  /** Its event loop turns. */
  z.object({ kind: z.literal('alive') }),
  /** It cannot start; `faults` where the configuration is wrong. */
  z.object({ kind: z.literal('failed'), message: z.string(), faults: z.array(z.string()).nullable() }),
  /** What clients were given. */
  spent,
  /** What is wrong, or not any more. */
  noted,
  /** Asks all workers, itself too. */
  ask,
  z.object({ kind: z.literal('answer'), id: z.int(), value: z.unknown() }),
  /** The last report of one that has been drained. */
  z.object({ kind: z.literal('farewell'), report: metricsReport }),
]);

const toWorker = z.discriminatedUnion('kind', [
  /** Be the one that refreshes, verifies and samples. */
  z.object({ kind: z.literal('lead') }),
  /** Drain and end. */
  z.object({ kind: z.literal('stop') }),
  /** What other workers have given to clients. */
  spent,
  ask,
  /** All answers to what this worker asked. */
  z.object({ kind: z.literal('answers'), id: z.int(), value: z.unknown() }),
]);

/** What a worker tells the primary process. */
export type FromWorker = z.infer<typeof fromWorker>;
/** What the primary process tells a worker. */
export type ToWorker = z.infer<typeof toWorker>;
export type Noted = z.infer<typeof noted>;

/** @throws Error for a message of another program, or of another version of this one */
export const readFromWorker = (message: unknown): FromWorker => fromWorker.parse(message);
/** @throws Error for a message of another program, or of another version of this one */
export const readToWorker = (message: unknown): ToWorker => toWorker.parse(message);
