import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A fragment that is fetched again by `node`, and a page of a connection, as Relay's components have them. */
const component = `
  import { graphql } from 'relay-runtime';
  graphql\`
    fragment songCard on Song @refetchable(queryName: "songCardRefetchQuery") {
      title
      artist { artistName }
    }
  \`;
  graphql\`
    fragment songsOfArtist on Artist
    @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
    @refetchable(queryName: "songsOfArtistQuery") {
      songs(first: $count, after: $cursor) @connection(key: "songsOfArtist_songs") {
        edges { node { ...songCard } }
      }
    }
  \`;
`;

describe('The compiler of Relay', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'relay-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('takes the schema as it is, and fetches fragments again by `node`', async () => {
    mkdirSync(path.join(folder, 'src'));
    writeFileSync(path.join(folder, 'src/songs.ts'), component);
    writeFileSync(path.join(folder, 'package.json'), '{}\n');
    const schema = readFileSync(path.join(root, 'schema/schema.graphql'), 'utf8');
    writeFileSync(path.join(folder, 'schema.graphql'), schema);
    const config = { src: './src', schema: './schema.graphql', language: 'typescript' };
    writeFileSync(path.join(folder, 'relay.config.json'), JSON.stringify(config));
    await promisify(execFile)(process.execPath, [path.join(root, 'node_modules/relay-compiler/cli.js')], {
      cwd: folder,
    }).catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`Expected Relay's compiler to take the schema, got ${stdout}${stderr}`);
    });
    for (const name of ['songCardRefetchQuery', 'songsOfArtistQuery']) {
      const artifact = readFileSync(path.join(folder, `src/__generated__/${name}.graphql.ts`), 'utf8');
      expect(artifact).toMatch(/node\(id: \$id\)/);
    }
  });
});
