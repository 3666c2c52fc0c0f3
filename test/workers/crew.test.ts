import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { ToWorker } from '../../src/gateway/workers/messages.js';
import { createCrew } from '../../src/gateway/workers/primary/crew.js';
import type { Member } from '../../src/gateway/workers/primary/member.js';
import { until } from '../support/wait.js';

/** A crew of two whose processes are started and ended by the test. */
function start() {
  const started: (Member & { readonly told: ToWorker['kind'][]; end(): void })[] = [];
  const crew = createCrew({
    size: 2,
    log: pino({ level: 'silent' }),
    elapsedMs: () => 0,
    fork(number, slot) {
      const told: ToWorker['kind'][] = [];
      let settle = () => {};
      const member = {
        number,
        slot,
        pid: started.length + 1,
        state: 'starting' as Member['state'],
        isListening: false,
        readyAtMs: null,
        told,
        send: ({ kind }: ToWorker) => void told.push(kind),
        kill: () => member.end(),
        ended: new Promise<void>((resolve) => {
          settle = resolve;
        }),
        end() {
          crew.ended(member, 1, null);
          settle();
        },
      };
      started.push(member);
      return member;
    },
  });
  crew.start();
  return { crew, started };
}

test('The first worker that is ready leads, and another one when it ends', async () => {
  const { crew, started } = start();
  const [one, two] = started;
  if (!one || !two) throw new Error('Expected two workers.');
  crew.ready(two);
  crew.ready(one);
  expect([one.told, two.told]).toEqual([[], ['lead']]);
  two.end();
  expect(one.told).toEqual(['lead']);
  const third = await until('a replacement', () => started[2]);
  expect(third).toMatchObject({ number: 2, told: [] });
});

test('A worker is drained when the one in its place is ready, and the next one only when it has ended', async () => {
  const { crew, started } = start();
  for (const member of started) crew.ready(member);
  const renewed = crew.renew();
  const [one, two, three] = started;
  expect(three?.number).toBe(1);
  expect(new Set(started.map(({ slot }) => slot)).size).toBe(3);
  expect(one?.told).toEqual(['lead']);
  crew.ready(three as Member);
  await until('the first one to be drained', () => one?.told.includes('stop'));
  expect(two?.told).toEqual(['lead']);
  expect(started).toHaveLength(3);
  one?.end();
  const four = await until('a worker for the second place', () => started[3]);
  crew.ready(four);
  await until('the second one to be drained', () => two?.told.includes('stop'));
  two?.end();
  await renewed;
  expect(started).toHaveLength(4);
  expect(crew.losses()).toBe(0);
});

test('The workers stay when the first new one ends before it is ready', async () => {
  const { crew, started } = start();
  for (const member of started) crew.ready(member);
  const renewed = crew.renew();
  started[2]?.end();
  await renewed;
  expect(started.map(({ told }) => told)).toEqual([['lead'], [], []]);
  expect(crew.members()).toHaveLength(2);
});
