import { describe, expect, it } from 'vitest';
import { send, withGateway } from './gateway.js';

const gateway = withGateway();

describe('An operation name that holds the beginning of the text of another operation', () => {
  const lines = ['query Stats {', '  platformStats {', '    totalPlays', '  }', '}'];
  const victim = { query: lines.join('\n'), operationName: 'Stats' };
  const attack = async () => {
    for (let at = 1; at < lines.length; at++) {
      const operationName = ['Stats', ...lines.slice(0, at)].join('\n');
      const { body } = await send(gateway().url, { query: lines.slice(at).join('\n'), operationName });
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  };

  it('neither keeps that one from being cached nor breaks it after a refresh', async () => {
    await attack();
    const { url, database } = gateway();
    const data = { platformStats: { totalPlays: 94 } };
    expect((await send(url, victim)).body).toEqual({ data });
    const kept = await send(url, victim);
    expect([kept.body, kept.headers.get('x-cache')]).toEqual([{ data }, 'hit']);

    await attack();
    await database.query(`select analytics.refresh('test')`);
    await attack();
    expect((await send(url, victim)).body).toEqual({ data });
    expect((await send(url, victim)).body).toEqual({ data });
    const again = await send(url, victim);
    expect([again.body, again.headers.get('x-cache')]).toEqual([{ data }, 'hit']);
  });
});
