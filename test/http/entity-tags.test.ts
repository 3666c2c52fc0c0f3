import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesTag } from '../../src/http/requests/headers/entity-tags.js';

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`An If-None-Match (seed ${seed})`, () => {
  it('names the tags of its list, weak or not, whatever blanks stand between them', () => {
    const blank = fc.stringMatching(/^[ \t]{0,3}$/);
    const entry = fc.tuple(blank, fc.constantFrom('', 'W/'), fc.stringMatching(/^[!#,/W ]{0,3}$/), blank);
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), (entries) => {
        const texts = entries.map(([before, weak, tag, after]) => `${before}${weak}"${tag}"${after}`);
        const isList = entries.every(([, , tag]) => !tag.includes(' '));
        const has = (tag: string) => isList && entries.some(([, , each]) => each === tag);
        for (const tag of ['', '!', ',', 'W/', '#'])
          expect(namesTag(texts.join(','), `"${tag}"`)).toBe(has(tag));
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it.each(['x', '"a" "b"', '"a', 'a"', '"a",,"b"', `"a"${' '.repeat(15_000)}x`, '"a" b', ''])(
    'that is no list names nothing: %s',
    (header) => {
      expect(namesTag(header, '"a"')).toBe(false);
    },
  );

  it('names everything as *, and nothing when there is none', () => {
    expect([namesTag(' * ', '"a"'), namesTag(undefined, '"a"'), namesTag('"a",', '"a"')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
