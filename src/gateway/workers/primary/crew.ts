import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Member } from './member.js';
import { createPauses } from './pauses.js';

export interface CrewOptions {
  readonly size: number;
  /** Starts a process. `onEnd` of it calls `ended`. */
  readonly fork: (number: number, slot: number) => Member;
  readonly log: Logger;
  readonly elapsedMs: () => number;
}

/** The workers: started, replaced when they end, renewed one after the other, stopped. */
export interface Crew {
  start(): void;
  members(): readonly Member[];
  leader(): Member | null;
  /** To be called when a worker is ready. */
  ready(member: Member): void;
  /** To be called when the process of a worker has ended. */
  ended(member: Member, code: number | null, signal: string | null): void;
  /** Replaces the workers one after the other, each once the next one is ready. */
  renew(): Promise<void>;
  /** Drains all, and settles when their processes have ended. */
  stop(): Promise<void>;
  /** How many ended without having been asked to. */
  losses(): number;
}

/** How long a new worker may take until it is ready, before the old one is kept, in milliseconds. */
const renewLimitMs = 60_000;
/** After how long a worker that was told to stop is ended, in milliseconds. It is longer than draining may take. */
const stopLimitMs = 30_000;

export function createCrew({ size, fork, log, elapsedMs }: CrewOptions): Crew {
  const members = new Set<Member>();
  const pauses = createPauses();
  const stopping = new AbortController();
  let leader: Member | null = null;
  let losses = 0;
  let isRenewing = false;

  const livingOf = (number: number) =>
    [...members].find((member) => member.number === number && member.state !== 'draining');

  const hire = (number: number): Member => {
    const taken = new Set([...members].map(({ slot }) => slot));
    const slot = Array.from({ length: slotsFor(size) }, (_, index) => index).find((each) => !taken.has(each));
    const member = fork(number, slot ?? 0);
    members.add(member);
    return member;
  };

  const nameLeader = () => {
    if (leader?.state === 'ready') return;
    leader = [...members].find(({ state }) => state === 'ready') ?? null;
    if (!leader) return;
    leader.send({ kind: 'lead' });
    log.info({ worker: leader.number, pid: leader.pid }, 'a worker leads: it refreshes by the schedule');
  };

  const drain = (member: Member) => {
    if (member.state === 'draining') return;
    member.state = 'draining';
    if (!stopping.signal.aborted) nameLeader();
    member.send({ kind: 'stop' });
  };

  /** Unless another one has its place. */
  const replace = async (number: number, pauseMs: number) => {
    await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    if (!stopping.signal.aborted && !livingOf(number)) hire(number);
  };

  /** Whether it became ready in time. */
  const becomesReady = async (member: Member): Promise<boolean> => {
    const limit = AbortSignal.any([stopping.signal, AbortSignal.timeout(renewLimitMs)]);
    while (!limit.aborted && members.has(member) && member.state === 'starting')
      await sleep(50, undefined, { signal: limit }).catch(() => {});
    return members.has(member) && member.state === 'ready';
  };

  return {
    start() {
      for (let number = 1; number <= size; number++) hire(number);
    },
    members: () => [...members],
    leader: () => leader,
    ready(member) {
      if (member.state !== 'starting') return;
      member.state = 'ready';
      member.readyAtMs = elapsedMs();
      log.info({ worker: member.number, pid: member.pid }, 'a worker is ready');
      nameLeader();
    },
    ended(member, code, signal) {
      members.delete(member);
      const wasAsked = member.state === 'draining' || stopping.signal.aborted;
      if (leader === member) leader = null;
      if (stopping.signal.aborted) return;
      nameLeader();
      const { number, pid, readyAtMs } = member;
      if (!wasAsked) losses += 1;
      if (livingOf(number)) return;
      const isGood = wasAsked || code === 0;
      const pauseMs = isGood ? 0 : pauses.after(readyAtMs === null ? null : elapsedMs() - readyAtMs);
      log.warn({ worker: number, pid, code, signal, pauseMs }, 'a worker has ended and is replaced');
      void replace(number, pauseMs);
    },
    async renew() {
      if (isRenewing || stopping.signal.aborted) {
        log.warn('the workers are being renewed or stopped already');
        return;
      }
      isRenewing = true;
      log.info({ workers: size }, 'the workers are renewed');
      try {
        for (let number = 1; number <= size && !stopping.signal.aborted; number++) {
          const old = livingOf(number);
          const next = hire(number);
          if (!(await becomesReady(next))) {
            if (stopping.signal.aborted) return;
            log.error({ worker: number }, 'a new worker did not become ready; the others are kept');
            next.kill();
            return;
          }
          if (!old || !members.has(old)) continue;
          drain(old);
          await old.ended;
        }
        log.info({ workers: size }, 'the workers have been renewed');
      } finally {
        isRenewing = false;
      }
    },
    async stop() {
      stopping.abort();
      const left = [...members];
      for (const member of left) drain(member);
      const late = setTimeout(() => {
        for (const member of members) member.kill();
      }, stopLimitMs);
      await Promise.all(left.map(({ ended }) => ended));
      clearTimeout(late);
    },
    losses: () => losses,
  };
}

/** While workers are renewed, old and new ones live side by side. */
export function slotsFor(size: number): number {
  return size * 2;
}
