import type { Worker } from 'node:cluster';
import type { FromWorker, ToWorker } from '../messages.js';

/** A worker as the primary process sees it. */
export interface Member {
  /** The place that it has; the one that replaces it has the same. */
  readonly number: number;
  /** Its slot in the page of shown generations, which it shares with no living one. */
  readonly slot: number;
  readonly pid: number;
  state: 'starting' | 'ready' | 'draining';
  isListening: boolean;
  readyAtMs: number | null;
  send(message: ToWorker): void;
  kill(): void;
  /** Settles when its process has ended. */
  readonly ended: Promise<void>;
}

export interface MemberOptions {
  readonly worker: Worker;
  readonly number: number;
  readonly slot: number;
  readonly onMessage: (member: Member, message: unknown) => void;
  readonly onEnd: (member: Member, code: number | null, signal: string | null) => void;
}

export type MessageOf<Kind extends FromWorker['kind']> = Extract<FromWorker, { kind: Kind }>;

export function createMember({ worker, number, slot, onMessage, onEnd }: MemberOptions): Member {
  let resolve = () => {};
  const ended = new Promise<void>((settle) => {
    resolve = settle;
  });
  const member: Member = {
    number,
    slot,
    pid: worker.process.pid ?? 0,
    state: 'starting',
    isListening: false,
    readyAtMs: null,
    send(message) {
      // One that is ending hears nothing any more.
      if (worker.isConnected()) worker.send(message, () => {});
    },
    kill: () => void worker.process.kill('SIGKILL'),
    ended,
  };
  worker.on('message', (message) => onMessage(member, message));
  // A channel may break before the process has ended.
  worker.on('error', () => {});
  worker.once('exit', (code, signal) => {
    onEnd(member, code, signal);
    resolve();
  });
  return member;
}
