import type { Logger } from 'pino';
import { aliveEveryMs } from '../messages.js';
import type { Member } from './member.js';

/** How many looks in a row may find that a worker said nothing since the one before. */
const maxSilentLooks = 10;

/** Ends workers whose event loop stands still. Others cannot tell: such a worker goes on being handed connections. */
export interface SilenceWatch {
  /** To be called for each message of a worker. */
  heard(member: Member): void;
  /**
   * To be called every `aliveEveryMs`. Looks are counted, not time, because all workers have said nothing for long where
   * the host was suspended. One that has not said anything yet is still being loaded.
   */
  look(): void;
}

export function watchSilence(members: () => readonly Member[], log: Logger): SilenceWatch {
  const silentLooks = new WeakMap<Member, number>();
  return {
    heard: (member) => void silentLooks.set(member, 0),
    look() {
      for (const member of members()) {
        const before = silentLooks.get(member);
        if (before === undefined) continue;
        silentLooks.set(member, before + 1);
        if (before !== maxSilentLooks) continue;
        const { number, pid } = member;
        const silentMs = maxSilentLooks * aliveEveryMs;
        log.error({ worker: number, pid, silentMs }, 'a worker says nothing any more and is ended');
        member.kill();
      }
    },
  };
}
