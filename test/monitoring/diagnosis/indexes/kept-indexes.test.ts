import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  engineSchema,
  lookupColumns,
  viewOrderIndexes,
} from '../../../../src/monitoring/diagnosis/indexes/kept-indexes.js';

const structure = readFileSync(new URL('../../../../schema/structure.sql', import.meta.url), 'utf8');
const indexes = [
  ...structure.matchAll(/CREATE INDEX (\w+) ON (?:ONLY )?(\w+)\.(\w+) USING \w+ \(([^)]*)\)/g),
].map(([, index, schema, table, columns]) => ({ index, schema, table, columns: columns!.split(', ') }));

describe('Every index that the migrations make', () => {
  it('is known to be needed, so that nobody is told to drop it', () => {
    expect(indexes.length).toBeGreaterThan(15);
    const unknown = indexes.filter(({ index, schema, table, columns }) => {
      if (schema === engineSchema || viewOrderIndexes.includes(index!)) return false;
      const whole = table!.replace(/_default$/, '');
      return !lookupColumns.some(
        (lookup) => lookup.table === whole && lookup.columns.every((name, at) => columns[at] === name),
      );
    });
    expect(unknown).toEqual([]);
  });

  it('is made by them still', () => {
    const names = indexes.map(({ index }) => index);
    expect(viewOrderIndexes.filter((index) => !names.includes(index))).toEqual([]);
  });
});
