import { expect, test } from 'vitest';
import { formats } from '../../src/export/formats/index.js';
import { exportLists } from '../../src/export/lists/index.js';
import { formatNames, listNames } from '../../src/export/names.js';

test('The command line names every list and every kind of file', () => {
  expect([...exportLists.keys()]).toEqual(listNames);
  expect([...formats.keys()]).toEqual(formatNames);
});
