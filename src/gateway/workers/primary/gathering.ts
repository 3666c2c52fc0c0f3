import type { Question } from '../questions.js';
import type { Member } from './member.js';

/** Asks workers, and waits for their answers for a short while. */
export interface Gathering {
  /** The answers that came in time, by worker. */
  ask(members: readonly Member[], question: Question): Promise<ReadonlyMap<Member, unknown>>;
  /** To be called for each answer. */
  answered(member: Member, id: number, value: unknown): void;
  /** To be called when the process of a worker has ended. */
  ended(member: Member): void;
}

/** How long a worker may take to answer, in milliseconds. */
const answerLimitMs = 500;

export function createGathering(): Gathering {
  const open = new Map<number, (member: Member, value?: unknown) => void>();
  let lastId = 0;
  return {
    ask(members, question) {
      lastId += 1;
      const id = lastId;
      const answers = new Map<Member, unknown>();
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          open.delete(id);
          resolve(answers);
        };
        const timer = setTimeout(end, answerLimitMs);
        const left = new Set(members);
        open.set(id, (member, value) => {
          if (!left.delete(member)) return;
          if (value !== undefined) answers.set(member, value);
          if (left.size === 0) end();
        });
        if (members.length === 0) end();
        for (const member of members) member.send({ kind: 'ask', id, question });
      });
    },
    answered: (member, id, value) => open.get(id)?.(member, value),
    ended(member) {
      for (const answer of [...open.values()]) answer(member);
    },
  };
}
