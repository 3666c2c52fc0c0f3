import { expect, it } from 'vitest';
import { createBoundedCache } from '../../src/graphql/bounded-cache.js';

it('A bounded cache forgets what was asked for longest ago once it is full', async () => {
  const cache = createBoundedCache<string>(10, (text) => text.length);
  await cache.set('a', 'xxxx');
  await cache.set('b', 'xxxx');
  expect(await cache.get('a')).toBe('xxxx');
  await cache.set('c', 'xxxx');
  expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([
    'xxxx',
    undefined,
    'xxxx',
  ]);
});

it('A bounded cache does not keep what is larger than all of it', async () => {
  const cache = createBoundedCache<string>(10, (text) => text.length);
  await cache.set('a', 'x'.repeat(11));
  expect(await cache.get('a')).toBeUndefined();
});
