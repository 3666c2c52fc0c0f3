import { describe, expect, it } from 'vitest';
import { Asker } from '../../src/database/execution/asker.js';
import { type Cancellation, CancellationSource } from '../../src/database/resilience/cancellation.js';
import { createShares, type Leave, type Shares } from '../../src/database/resilience/shares.js';

const settings = {
  connections: 8,
  ofRelation: 4,
  maxWaiting: 10,
  waitLimitMs: 600_000,
  stuckAfterMs: 600_000,
};

interface Place {
  /** `waiting`, or why it was refused, until there is a place. */
  state: unknown;
  leave: Leave;
}

function enter(shares: Shares, asker: Asker, relation: string, signal?: Cancellation): Place {
  const place: Place = { state: 'waiting', leave: () => {} };
  shares.enter(
    asker,
    relation,
    signal,
    (leave) => Object.assign(place, { state: 'entered', leave }),
    (error) => {
      place.state = error;
    },
  );
  return place;
}

const statesOf = (places: readonly Place[]) => places.map(({ state }) => state);

describe('A client’s share of the connections', () => {
  it('leaves one of those for a relation to others, who need not wait', () => {
    const shares = createShares(settings);
    const heavy = new Asker('heavy');
    const places = [1, 2, 3, 4].map(() => enter(shares, heavy, 'songs'));
    expect(statesOf(places)).toEqual(['entered', 'entered', 'entered', 'waiting']);
    expect(enter(shares, new Asker('other'), 'songs').state).toBe('entered');
    places[0]?.leave();
    expect(places[3]?.state).toBe('entered');
  });

  it('leaves some of all connections to others, whatever it reads', () => {
    const shares = createShares(settings);
    const heavy = new Asker('heavy');
    const places = ['a', 'a', 'a', 'b', 'b', 'b'].map((relation) => enter(shares, heavy, relation));
    expect(new Set(statesOf(places))).toEqual(new Set(['entered']));
    const seventh = enter(shares, heavy, 'c');
    expect([seventh.state, enter(shares, new Asker('other'), 'c').state]).toEqual(['waiting', 'entered']);
    places[0]?.leave();
    expect(seventh.state).toBe('entered');
  });

  it('is not waited for any longer once a second client waits for the same execution', () => {
    const shares = createShares(settings);
    const places = [1, 2, 3].map(() => enter(shares, new Asker('heavy'), 'songs'));
    const asker = new Asker('heavy');
    const shared = enter(shares, asker, 'songs');
    asker.join('heavy');
    expect(shared.state).toBe('waiting');
    asker.join('other');
    expect([shared.state, enter(shares, asker, 'songs').state]).toEqual(['entered', 'entered']);
    // Neither of them took a place of the share.
    shared.leave();
    const next = enter(shares, new Asker('heavy'), 'songs');
    expect(next.state).toBe('waiting');
    places[0]?.leave();
    expect(next.state).toBe('entered');
  });

  it('is given back when the client that waited for it leaves', () => {
    const shares = createShares(settings);
    const heavy = new Asker('heavy');
    const places = [1, 2, 3].map(() => enter(shares, heavy, 'songs'));
    const left = new CancellationSource();
    const leaving = enter(shares, heavy, 'songs', left);
    const next = enter(shares, heavy, 'songs');
    left.abort(new Error('left'));
    expect(leaving.state).toMatchObject({ message: 'left' });
    places[0]?.leave();
    expect(next.state).toBe('entered');
  });

  it('of one relation is given back where there is none of all connections', () => {
    const shares = createShares({ ...settings, connections: 1 });
    const heavy = new Asker('heavy');
    const first = enter(shares, heavy, 'songs');
    const left = new CancellationSource();
    const leaving = [1, 2].map(() => enter(shares, heavy, 'artists', left));
    left.abort(new Error('left'));
    first.leave();
    const after = [1, 2, 3].map(() => enter(shares, heavy, 'artists'));
    expect([statesOf(leaving), statesOf(after)]).toEqual([
      [left.reason, left.reason],
      ['entered', 'waiting', 'waiting'],
    ]);
    after[0]?.leave();
    expect(after[1]?.state).toBe('entered');
  });

  it('refuses the one client whose statements wait in too great a number, and nobody else', () => {
    const shares = createShares({ ...settings, maxWaiting: 2 });
    const heavy = new Asker('heavy');
    const places = [1, 2, 3, 4, 5, 6].map(() => enter(shares, heavy, 'songs'));
    expect(places[4]?.state).toBe('waiting');
    expect(places[5]?.state).toMatchObject({ message: expect.stringContaining('cannot reach its data') });
    expect(enter(shares, new Asker('other'), 'songs').state).toBe('entered');
  });

  it('is nobody’s where no client is named', () => {
    const shares = createShares({ ...settings, connections: 1, ofRelation: 1 });
    const places = [1, 2].map(() => enter(shares, new Asker(null), 'songs'));
    expect(statesOf(places)).toEqual(['entered', 'entered']);
  });
});
