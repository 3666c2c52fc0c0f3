import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, print, visit } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const released = readFileSync(path.join(root, 'schema/released.graphql'), 'utf8');

describe('The check of the schema against the last release', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'released-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** @returns what it says when it fails; empty when it passes. */
  const check = (schema: string, changelog: string): string => {
    const texts = { 'released.graphql': released, 'schema.graphql': schema, 'CHANGELOG.md': changelog };
    const files = Object.entries(texts).map(([name, text]) => {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return file;
    });
    const words = [tsx, path.join(root, 'check-schema.ts'), ...files];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(status).toBe(stderr === '' ? 0 : 1);
    return stderr;
  };

  it('fails for a field that was removed, until the newest version in the changelog says so', () => {
    const schema = withoutField(released, 'Song', 'title');
    const earlier =
      '# Changelog\n\n## 0.2.0\n\n- More.\n\n## 0.1.0\n\n- Breaking: `Song.title` was removed.\n';
    expect(check(schema, earlier)).toContain('  Song.title was removed.\n');
    const newest = '# Changelog\n\n## 0.2.0\n\n- Breaking: `Song.title` was\n  removed; ask for `name`.\n';
    expect(check(schema, newest)).toBe('');
  });

  it('fails for an argument that has to be given and a type that is another, and passes for what was added', () => {
    const broken = released
      .replace('  node(\n', '  node(\n    """More."""\n    more: Int!\n\n')
      .replace(/(\ntype PlatformStats [^}]*?\n {2}totalPlays: )BigInt!/, '$1BigInt');
    const said = check(broken, '# Changelog\n\n## 0.2.0\n\n- More.\n');
    expect(said).toContain('  A required arg more on Query.node was added.\n');
    expect(said).toContain('  PlatformStats.totalPlays changed type from BigInt! to BigInt.\n');
    const more = released.replace('type Query {\n', 'type Query {\n  """More."""\n  more: Int\n\n');
    expect(more).not.toBe(released);
    expect(check(more, '# Changelog\n')).toBe('');
  });
});

function withoutField(schema: string, type: string, field: string): string {
  return print(
    visit(parse(schema), {
      ObjectTypeDefinition: (node) =>
        node.name.value === type
          ? { ...node, fields: node.fields?.filter(({ name }) => name.value !== field) }
          : undefined,
    }),
  );
}
