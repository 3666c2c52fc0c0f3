import { expect, test } from 'vitest';
import { createPauses } from '../../src/gateway/workers/primary/pauses.js';

test('The pause before a worker is replaced grows up to half a minute while none of them lives', () => {
  const pauses = createPauses();
  const taken = Array.from({ length: 10 }, () => pauses.after(null));
  expect(taken).toEqual([0, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test('A worker that has served for a while is replaced at once', () => {
  const pauses = createPauses();
  for (let failures = 0; failures < 5; failures++) pauses.after(100);
  expect(pauses.after(10_000)).toBe(0);
  expect(pauses.after(9_999)).toBe(250);
});
