import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.js';
import { faultsOf } from './faults-of.js';

const DATABASE_URL = 'postgresql://gateway:secret@primary/music';

test('read URLs are read in their order, and named without credentials', () => {
  const urls = [
    'postgresql://gateway:hidden%2Ctoo@replica-1:5433/music?sslmode=require',
    'postgres://pooler/music_1',
    'postgres://pooler:5432/music_2',
    'postgresql:///music?host=/run/postgresql',
  ];
  const { databaseReadUrls } = readConfig({ DATABASE_URL, DATABASE_READ_URLS: urls.join(' , ') });
  expect(databaseReadUrls.map(({ url }) => url.reveal())).toEqual(urls);
  expect(databaseReadUrls.map(({ name }) => name)).toEqual([
    ...['replica-1:5433', 'pooler:5432/music_1', 'pooler:5432/music_2', '/run/postgresql:5432'],
  ]);
  expect(inspect(databaseReadUrls, { depth: null })).not.toContain('hidden');
  expect(readConfig({ DATABASE_URL }).databaseReadUrls).toEqual([]);
});

test('each fault of the read URLs is named at once, without what is secret in them', () => {
  const faults = faultsOf({
    DATABASE_URL,
    DATABASE_READ_URLS: [
      'postgresql://gateway:secret@replica/music',
      'mysql://gateway:secret@replica/music',
      'postgres://another:secret@replica:5432/music',
      'secret@replica',
    ].join(),
  });
  expect(faults).toEqual([
    expect.stringMatching(/^DATABASE_READ_URLS: expected URLs such as postgresql:.* as number 2$/),
    'DATABASE_READ_URLS: expected each database of each server once, got one again as number 3',
    expect.stringMatching(/^DATABASE_READ_URLS: expected URLs such as postgresql:.* as number 4$/),
  ]);
  expect(faults.join()).not.toContain('secret');
});

test('read URLs are refused with the embedded database', () => {
  expect(faultsOf({ DATABASE_READ_URLS: 'postgresql://replica/music' })).toEqual([
    'DATABASE_READ_URLS: expected only together with DATABASE_URL, because the embedded database has no replicas',
  ]);
});
