import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globalIdOf, parseGlobalId } from '../../../src/analytics/node/global-id.js';
import { composedKey, splitKey } from '../../../src/composed-key.js';

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = { seed, numRuns: 2_000 };

/** Texts as PostgreSQL may hold them, and such as run into each other where they are joined. */
const text = fc.oneof(
  fc.stringMatching(/^[a1 :;]{0,4}$/),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '0', '4:Song', 'ü', '🎵', '%', '..'),
);
const parts = fc.array(text, { minLength: 1, maxLength: 4 });

describe(`Global identifiers (seed ${seed})`, () => {
  it('lead back to the type and the key that they were made of, so that no two are the same', () => {
    fc.assert(
      fc.property(parts, ([type = '', ...key]) => {
        expect(parseGlobalId(globalIdOf(type, ...key))).toEqual({ type, key });
      }),
      runs,
    );
  });

  it('are not read from any other text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), parts.map(String)), (id) => {
        const parsed = parseGlobalId(id);
        if (parsed) expect(globalIdOf(parsed.type, ...parsed.key)).toBe(id);
      }),
      runs,
    );
    const id = globalIdOf('Song', 'song-01');
    for (const other of [`${id}=`, `${id} `, id.slice(1), id.slice(0, -2), '', 'song-01', '5', `${id}${id}`])
      expect(parseGlobalId(other)).not.toEqual({ type: 'Song', key: ['song-01'] });
  });

  it('are never digits alone, as those of plays are', () => {
    fc.assert(
      fc.property(parts, ([type = '', ...key]) => {
        expect(globalIdOf(type, ...key)).toMatch(/^[A-Za-z]/);
      }),
      runs,
    );
  });

  it('are split where they were put together', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        expect(splitKey(composedKey(...texts))).toEqual(texts);
      }),
      runs,
    );
    for (const broken of ['1', '1:', '2:a', '01:a', ':a', '1:ab', '-1:', '5;', '1:a1', '99999999999:a'])
      expect(splitKey(broken), broken).toBeNull();
  });
});
