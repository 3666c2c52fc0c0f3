import { expect, test } from 'vitest';
import { listener, operator, publicViewer } from '../../src/auth/viewer.js';
import { createExportPlaces } from '../../src/export/export-places.js';

test('Half of the places are for operators alone, and others have one each', () => {
  const places = createExportPlaces(4);
  const leave = places.take(publicViewer, 'net 1');
  expect(() => places.take(publicViewer, 'net 1')).toThrow(/at most 1 at once for one client/);
  places.take(listener('0x1'), 'sub 0x1');
  expect(() => places.take(publicViewer, 'net 2')).toThrow(/at most 2 at once for all who are no operators/);
  const operatorLeaves = places.take(operator('ada'), 'key ada');
  places.take(operator('ada'), 'key ada');
  expect(() => places.take(operator('ada'), 'key ada')).toThrow(/at most 4 at once/);
  operatorLeaves();
  places.take(operator('bob'), 'key bob');
  leave();
  places.take(publicViewer, 'net 1');
});

test('Where there is one place, everybody may have it', () => {
  const places = createExportPlaces(1);
  const leave = places.take(publicViewer, 'net 1');
  expect(() => places.take(operator('ada'), 'key ada')).toThrow(/at most 1 at once/);
  leave();
  places.take(operator('ada'), 'key ada');
});
