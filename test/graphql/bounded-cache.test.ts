import { expect, it } from 'vitest';
import { createBoundedCache } from '../../src/graphql/documents/bounded-cache.js';

/** Two of them fit with their keys, and three do not. */
const part = 'x'.repeat(200);

it('A bounded cache forgets what was asked for longest ago once it is full', async () => {
  const cache = createBoundedCache<string>(1_000, (text) => text.length);
  await cache.set('a', part);
  await cache.set('b', part);
  expect(await cache.get('a')).toBe(part);
  await cache.set('c', part);
  expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([part, undefined, part]);
});

it('A bounded cache does not keep what is larger than all of it', async () => {
  const cache = createBoundedCache<string>(1_000, (text) => text.length);
  await cache.set('a', 'x'.repeat(1_000));
  expect(await cache.get('a')).toBeUndefined();
});
