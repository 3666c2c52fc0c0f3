import { expect, it } from 'vitest';
import { addDecimals } from '../../src/scalars/add-decimals.js';

it.each<[values: string[], sum: string]>([
  [[], '0'],
  [['0'], '0'],
  [['1.50000000', '0.00000001'], '1.50000001'],
  [['9999999999.99999999', '9999999999.99999999', '0.00000002'], '20000000000.00000000'],
  [['0.05', '0.05'], '0.10'],
  [['2', '0.25', '-3.5'], '-1.25'],
  [['-0.01', '0.01'], '0.00'],
])('The sum of the decimals %j is %s', (values, sum) => {
  expect(addDecimals(values)).toBe(sum);
});
