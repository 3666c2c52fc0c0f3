import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigurationError, createGateway, type Gateway } from '../../src/index.js';

describe('A program that embeds the gateway', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'embedding-'));
  const settings = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', REFRESH_SCHEDULE: 'off' };
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await createGateway({ settings });
  });
  afterAll(async () => {
    await gateway?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gets an URL, answers, and a key for the operator of an embedded database', async () => {
    const url = await gateway.listen();
    await gateway.ready;
    const ask = async (query: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      });
      return (await response.json()) as { data: unknown };
    };
    expect((await ask('{ platformStats { totalSongs totalPlays } }')).data).toEqual({
      platformStats: { totalSongs: 0, totalPlays: 0 },
    });
    const authorization = `Bearer ${gateway.operatorKey}`;
    expect((await ask('{ monitoring { pool { max: total } } }', { authorization })).data).toBeTruthy();
  });

  it('hears what happens in it', async () => {
    const heard = await new Promise((resolve) => gateway.events.once('poolStats', resolve));
    expect(heard).toMatchObject({ total: expect.any(Number), max: 1 });
  });

  it('may hold another one beside it, each with a database of its own', async () => {
    const other = mkdtempSync(path.join(tmpdir(), 'embedding-'));
    const second = await createGateway({ settings: { ...settings, DATA_DIR: other } });
    try {
      const url = await second.listen();
      await second.ready;
      expect((await fetch(`${url}/metrics`)).status).toBe(200);
      expect(second.operatorKey).not.toBe(gateway.operatorKey);
    } finally {
      await second.close();
      rmSync(other, { recursive: true, force: true });
    }
  });

  it('is told everything that is wrong with its settings at once, and that a folder is taken', async () => {
    const wrong = createGateway({ settings: { PORT: 'http', LOG_LEVEL: 'loud' } });
    await expect(wrong).rejects.toThrow(ConfigurationError);
    await expect(wrong).rejects.toThrow(/PORT[\s\S]*LOG_LEVEL/);
    await expect(createGateway({ settings })).rejects.toThrow(/another process|in use|using/);
  });

  it('reads nothing of the environment by itself', async () => {
    process.env.LOG_LEVEL = 'loud';
    try {
      await expect(createGateway({ settings: { ...settings, PORT: '-1' } })).rejects.toThrow(
        /^((?!loud).)*$/s,
      );
    } finally {
      delete process.env.LOG_LEVEL;
    }
  });
});
