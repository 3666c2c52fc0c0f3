import { CompiledQuery } from 'kysely';
import { describe, expect, it } from 'vitest';
import { CannotConnect } from '../../src/database/connection/on-connection.js';
import { NoAnswer } from '../../src/database/connection/with-deadline.js';
import { Asker } from '../../src/database/execution/asker.js';
import type { Execution } from '../../src/database/execution/execution.js';
import { ExecutionReader } from '../../src/database/reader/execution-reader.js';
import type { Read, ReadAndRelease, ReleasingOutcome } from '../../src/database/reader/read.js';
import { readOne } from '../../src/database/reader/reader.js';
import { withBreaker } from '../../src/database/reader/with-breaker.js';
import { withBulkhead } from '../../src/database/reader/with-bulkhead.js';
import { withCancellation } from '../../src/database/reader/with-cancellation.js';
import { withClientShares } from '../../src/database/reader/with-client-shares.js';
import { type QueryMetric, withMetrics } from '../../src/database/reader/with-metrics.js';
import { withRetry } from '../../src/database/reader/with-retry.js';
import { createBreaker } from '../../src/database/resilience/breaker.js';
import { createBulkhead } from '../../src/database/resilience/bulkhead.js';
import { CancellationSource } from '../../src/database/resilience/cancellation.js';
import { createShares, type Shares } from '../../src/database/resilience/shares.js';
import { GatewayError } from '../../src/errors.js';

const statement = { name: 'songs', relation: 'mv_songs', text: 'select', values: [] };
const query = {
  compile: () => CompiledQuery.raw('select * from "mv_songs"') as CompiledQuery<{ n: number }>,
};
/** Ends every statement with these rows, or this error. */
const ending =
  (result: unknown): ReadAndRelease =>
  (_statement, _execution, { onRelease, onRows, onError }) => {
    onRelease();
    if (Array.isArray(result)) onRows(result);
    else onError(result);
  };
const failing = (error: unknown): Read => reading(ending(error));
const reading =
  (next: ReadAndRelease): Read =>
  (given, execution, outcome) =>
    next(given, execution, { ...outcome, onRelease: () => {} });
/** The rows of the statement; rejects with its error. */
const rowsOf = (read: Read, execution: Execution) =>
  new Promise<unknown[]>((onRows, onError) => read(statement, execution, { onRows, onError }));
const withCode = (code: string) => Object.assign(new Error('words of the driver'), { code });
const waiting = { maxWaiting: 10, waitLimitMs: 60_000 };

describe('A reader of an execution', () => {
  it('gives each statement its name, the relation that it reads first, and what belongs to the execution', async () => {
    const signal = new CancellationSource();
    const asker = new Asker('0xa1');
    const seen: unknown[] = [];
    const reader = new ExecutionReader(
      async (given, execution) => {
        seen.push(given, execution);
        return [{ n: 1 }, { n: 2 }];
      },
      { signal, asker },
    );
    expect(await readOne(reader, 'reader.songs', query)).toEqual({ n: 1 });
    expect(seen).toEqual([
      {
        name: 'reader.songs',
        relation: 'mv_songs',
        text: 'select /* reader.songs */ * from "mv_songs"',
        values: [],
      },
      { signal, asker },
    ]);
  });
});

describe('Observers', () => {
  const observed = async (next: Read, signal?: CancellationSource) => {
    const metrics: QueryMetric[] = [];
    const read = withMetrics(new Set([(metric: QueryMetric) => void metrics.push(metric)]), next);
    const outcome = await read(statement, { signal }).catch((error: unknown) => error);
    return { outcome, metrics: metrics.map(({ name, rows, errorCode }) => ({ name, rows, errorCode })) };
  };

  it('see the errors of the driver itself, which callers do not', async () => {
    expect(await observed(reading(ending([1, 2])))).toEqual({
      outcome: [1, 2],
      metrics: [{ name: 'songs', rows: 2, errorCode: undefined }],
    });
    const { outcome, metrics } = await observed(failing(withCode('57014')));
    expect(outcome).toMatchObject({ code: 'TIMEOUT' });
    expect(metrics).toEqual([{ name: 'songs', rows: 0, errorCode: '57014' }]);
  });

  it('are told of no failure where the client left', async () => {
    const signal = new CancellationSource();
    signal.abort(new Error('left'));
    const { outcome, metrics } = await observed(withCancellation(failing(new Error('not reached'))), signal);
    expect(outcome).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('disconnected') });
    expect(metrics).toEqual([]);
  });
});

describe('A lost connection', () => {
  it('is followed by one more attempt, and any other failure by none', async () => {
    const attempts = async (...outcomes: unknown[]) => {
      let count = 0;
      const read = withRetry((given, execution, told) => {
        const outcome = outcomes[count++];
        reading(ending(outcome instanceof Error ? outcome : [outcome]))(given, execution, told);
      });
      const outcome = await rowsOf(read, {}).catch((error: unknown) => error);
      return { count, outcome };
    };
    const lost = withCode('ECONNRESET');
    expect(await attempts(lost, 'row')).toEqual({ count: 2, outcome: ['row'] });
    expect(await attempts(lost, lost, 'row')).toEqual({ count: 2, outcome: lost });
    const refused = withCode('22012');
    expect(await attempts(refused, 'row')).toEqual({ count: 1, outcome: refused });
  });

  it('is followed by nothing where the client left meanwhile', async () => {
    const signal = new CancellationSource();
    let count = 0;
    const read = withRetry((_statement, _execution, { onError }) => {
      count += 1;
      signal.abort(new Error('left'));
      onError(withCode('ECONNRESET'));
    });
    await expect(rowsOf(read, { signal })).rejects.toThrow('disconnected before the answer');
    expect(count).toBe(1);
  });
});

describe('A breaker', () => {
  const judged = async (error: unknown, signal?: CancellationSource) => {
    const breaker = createBreaker({ opensAfter: 1 });
    const outcome = await rowsOf(withBreaker(breaker, failing(error)), { signal }).catch(
      (failure: unknown) => failure,
    );
    return { outcome, isOpen: breaker.isOpen(), hasAnswered: breaker.hasAnsweredSince(0) };
  };

  it('opens for connections that cannot be made and for answers that do not come', async () => {
    const refused = withCode('ECONNREFUSED');
    expect(await judged(new CannotConnect(refused))).toEqual({
      outcome: refused,
      isOpen: true,
      hasAnswered: false,
    });
    const silent = new NoAnswer(performance.now());
    expect(await judged(silent)).toEqual({ outcome: silent, isOpen: true, hasAnswered: false });
  });

  it('lets a connection that broke while it was made be asked for no second time', async () => {
    const { outcome } = await judged(new CannotConnect(withCode('ECONNRESET')));
    expect(outcome).toMatchObject({ name: 'GatewayError', code: 'UNAVAILABLE' });
  });

  it('stays closed where the pool was busy, the client left, or the server answered with an error', async () => {
    const busy = new Error('timeout exceeded when trying to connect');
    expect(await judged(new CannotConnect(busy))).toEqual({
      outcome: busy,
      isOpen: false,
      hasAnswered: false,
    });
    const left = new CancellationSource();
    left.abort(new Error('left'));
    expect(await judged(new CannotConnect(left.reason), left)).toMatchObject({
      isOpen: false,
      hasAnswered: false,
    });
    expect(await judged(withCode('22012'))).toMatchObject({ isOpen: false, hasAnswered: true });
  });

  it('takes neither a refusal of the bulkhead nor a lost connection for an answer', async () => {
    for (const error of [new GatewayError('UNAVAILABLE'), withCode('ECONNRESET')])
      expect(await judged(error)).toEqual({ outcome: error, isOpen: false, hasAnswered: false });
  });
});

describe('A place', () => {
  const asker = new Asker('0xa1');
  const noShare = { connections: 1, ofRelation: 1, ...waiting };

  /** Whether a statement of the same client would get one at once. */
  const isFree = (shares: Shares) => {
    let isEntered = false;
    shares.enter(
      asker,
      statement.relation,
      undefined,
      (leave) => {
        isEntered = true;
        leave();
      },
      () => {},
    );
    return isEntered;
  };

  it('in the bulkhead is given back with the connection, which is later than the answer of what was cancelled', () => {
    const bulkhead = createBulkhead({ width: 1, ...waiting });
    const begun: ReleasingOutcome[] = [];
    const read = withBulkhead(bulkhead, (_statement, _execution, outcome) => void begun.push(outcome));
    const events: string[] = [];
    const outcomeOf = (name: string): ReleasingOutcome => ({
      onRelease: () => events.push(`${name} released`),
      onRows: () => events.push(`${name} read`),
      onError: () => events.push(`${name} failed`),
    });
    read(statement, {}, outcomeOf('first'));
    read(statement, {}, outcomeOf('second'));
    begun[0]?.onError(new Error('cancelled'));
    expect([begun.length, bulkhead.waiting(), events]).toEqual([1, 1, ['first failed']]);
    begun[0]?.onRelease();
    expect([begun.length, bulkhead.waiting(), events]).toEqual([2, 0, ['first failed', 'first released']]);
  });

  it('in the share of a client is given back with the connection, however its statement ended', async () => {
    const shares = createShares(noShare);
    const failure = withCode('22012');
    const read = (result: unknown) => rowsOf(withClientShares(shares, ending(result)), { asker });
    await expect(read(failure)).rejects.toBe(failure);
    expect(await read([1])).toEqual([1]);
    expect(isFree(shares)).toBe(true);
  });

  it('in the share of a client is given back where the bulkhead has none', async () => {
    const bulkhead = createBulkhead({ ...waiting, width: 1, maxWaiting: 0 });
    bulkhead.enter(
      statement.relation,
      undefined,
      () => {},
      () => {},
    );
    const shares = createShares(noShare);
    const read = withClientShares(shares, withBulkhead(bulkhead, ending([1])));
    await expect(rowsOf(read, { asker })).rejects.toThrow(GatewayError);
    expect(isFree(shares)).toBe(true);
  });
});
