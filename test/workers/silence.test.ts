import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Member } from '../../src/gateway/workers/primary/member.js';
import { watchSilence } from '../../src/gateway/workers/primary/silence.js';

function start() {
  const killed: number[] = [];
  const members = [1, 2].map((number) => {
    const kill = () => void killed.push(number);
    return { number, pid: number, kill } as unknown as Member;
  });
  const watch = watchSilence(() => members, pino({ level: 'silent' }));
  const [talker, other] = members as [Member, Member];
  return { watch, talker, other, killed };
}

test('A worker that says nothing from one look to the next, eleven times, is ended once', () => {
  const { watch, talker, other, killed } = start();
  watch.heard(talker);
  watch.heard(other);
  for (let look = 1; look <= 10; look++) {
    watch.look();
    watch.heard(talker);
  }
  expect(killed).toEqual([]);
  for (let look = 1; look <= 5; look++) {
    watch.look();
    watch.heard(talker);
  }
  expect(killed).toEqual([other.number]);
});

test('A worker that has not said anything yet is left to its start, and one word is enough', () => {
  const { watch, talker, other, killed } = start();
  watch.heard(talker);
  for (let look = 1; look <= 10; look++) watch.look();
  watch.heard(talker);
  for (let look = 1; look <= 10; look++) watch.look();
  expect(killed).toEqual([]);
  watch.look();
  expect(killed).toEqual([talker.number]);
  expect(killed).not.toContain(other.number);
});
