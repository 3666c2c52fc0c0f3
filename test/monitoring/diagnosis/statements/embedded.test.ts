import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../src/database/embedded/embedded.js';
import { createMigratedPglite } from '../../../support/database-templates.js';
import { type Gateway, startGateway } from '../../../support/gateway.js';
import { askMonitoring } from '../questions.js';

const folder = mkdtempSync(path.join(tmpdir(), 'statements-'));
let gateway: Gateway;
beforeAll(async () => {
  // As an earlier version left it: without the extension.
  const earlier = await createMigratedPglite({ dataDir: path.join(folder, 'postgres') });
  await earlier.close();
  gateway = await startGateway(await openEmbedded(folder));
});
afterAll(async () => {
  await gateway?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('Statements of an embedded database that an earlier version made', () => {
  it('are counted by the names that the gateway gave them', async () => {
    await gateway.ask('{ genres { genre totalPlays } }', {}, 'operator');
    const { statements } = await askMonitoring(
      gateway,
      'statements(limit: 500) { available needs items { name query calls } }',
    );
    expect(statements).toMatchObject({ available: true, needs: null });
    const genres = statements!.items!.find(({ name }) => name === 'genres')!;
    expect(Number(genres.calls)).toBeGreaterThanOrEqual(1);
  });

  it('are counted in a schema of their own, and again when the folder is opened once more', async () => {
    await gateway.close();
    gateway = await startGateway(await openEmbedded(folder));
    const { rows } = await gateway.database.query(
      `select extnamespace::regnamespace::text as schema from pg_extension where extname = 'pg_stat_statements'`,
    );
    expect(rows).toEqual([{ schema: 'extensions' }]);
    const { statements } = await askMonitoring(gateway, 'statements { available }');
    expect(statements).toMatchObject({ available: true });
  });
});
