import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutLiterals } from '../../../../src/monitoring/diagnosis/statements/without-literals.js';

describe('The text of a statement', () => {
  it.each([
    [`select 'secret'`, 'select ?'],
    [`select 'it''s', x from t where a = 12 and b1 = $1`, 'select ?, x from t where a = ? and b1 = $1'],
    [`select e'a\\'b' , E'c'`, 'select ? , ?'],
    [`select $$secret$$, $tag$se$$cret$tag$ || x`, 'select ?, ? || x'],
    [`select 1.5e-10, .5, 0x1f, 1_000`, 'select ?, ?, ?, ?'],
    [`select x'ff', b'01', u&'\\0061'`, 'select ?, ?, ?'],
    [`/* songs.page */ select "od''d" -- secret\nfrom t /* secret */`, `select "od''d" from t`],
    [`select 'cut off in the mid`, 'select ?'],
    [`select $$cut off in the mid`, 'select ?'],
    [`select e'cut off\\`, 'select ?'],
    [`alter role ada password 'secret'`, 'alter role ada password ?'],
    ['select zähler2 from straße', 'select zähler2 from straße'],
    ['select 1 /* a /* b */ secret */ from t', 'select ? …'],
    ['', ''],
  ])('holds no value: %s', (text, expected) => {
    expect(withoutLiterals(text)).toBe(expected);
  });

  it('holds no value, however it is quoted and wherever it is cut off', () => {
    const quotings = [
      (value: string) => `'${value.replaceAll("'", "''")}'`,
      (value: string) => `e'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
      (value: string) => `$q$${value}$q$`,
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('canary', "'", '\\', '"', '$', '--', '/*', ' ', '1'), { maxLength: 8 }),
        fc.constantFrom(...quotings),
        fc.nat(40),
        (parts, quote, cut) => {
          const value = `canary${parts.join('')}canary`;
          if (value.includes('$q$')) return;
          const text = `select a from t where b = ${quote(value)} and c = 7`;
          expect(withoutLiterals(text)).toBe('select a from t where b = ? and c = ?');
          expect(withoutLiterals(text.slice(0, text.length - cut))).not.toContain('canary');
        },
      ),
    );
  });
});
