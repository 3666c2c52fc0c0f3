import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrustedDocuments, sha256Of } from '../../src/limits/documents/trusted-documents.js';
import { trustedManifest } from '../../src/limits/documents/trusted-manifest.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trusted-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const file = path.join(folder, 'manifest.json');
  writeFileSync(file, text);
  return file;
}

describe('A manifest of trusted documents', () => {
  it('holds each operation with the fragments that it uses, and no others', () => {
    const manifest = trustedManifest([
      'query A { a { ...X } } fragment Z on T { z }',
      'fragment X on T { x ...Y } query B { b } fragment Y on T { y }',
    ]);
    expect(Object.values(manifest).map((text) => text.match(/(query|fragment) \w+/g))).toEqual([
      ['query A', 'fragment X', 'fragment Y'],
      ['query B'],
    ]);
    for (const [sha256, text] of Object.entries(manifest)) expect(sha256Of(text)).toBe(sha256);
  });

  it('is published with the package, for every published operation', () => {
    const manifest = JSON.parse(readFileSync('schema/trusted-documents.json', 'utf8')) as Record<
      string,
      string
    >;
    expect(Object.values(manifest).join('\n')).toContain('query TrendingSongs');
    expect(readTrustedDocuments('schema/trusted-documents.json').count).toBe(Object.keys(manifest).length);
  });

  it('is refused when it is no manifest, or a text stands under a hash that is not its own', () => {
    expect(() => readTrustedDocuments(written('[]'))).toThrow(/expected one object/);
    expect(() => readTrustedDocuments(written('nonsense'))).toThrow(/expected JSON/);
    expect(() => readTrustedDocuments(written('{"abc":"{ a }"}'))).toThrow(
      /expected a text under its SHA-256/,
    );
  });
});
