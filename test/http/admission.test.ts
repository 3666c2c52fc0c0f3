import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Admission, createAdmission } from '../../src/http/overload/admission.js';

let admission: Admission;
let leaves: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  leaves = [];
});
afterEach(() => {
  admission.stop();
  vi.useRealTimers();
});

/** As many as there is room for, but at most so many. */
function enter(most: number): number {
  for (let entered = 0; entered < most; entered++) {
    const leave = admission.enter(false);
    if (!leave) return entered;
    leaves.push(leave);
  }
  return most;
}

function finish(count: number): void {
  for (const leave of leaves.splice(0, count)) leave();
}

/** Every 5 ms so many are done, and far more come than that. */
function bePressed(forMs: number, donePer5Ms: number): void {
  for (let at = 0; at < forMs; at += 5) {
    finish(donePer5Ms);
    enter(donePer5Ms * 3);
    vi.advanceTimersByTime(5);
  }
}

describe('Who is let in', () => {
  it('takes a burst as it comes when nothing is known of the pace', () => {
    admission = createAdmission({ atOnce: 1_000, atLeast: 64 });
    expect(enter(2_000)).toBe(1_000);
  });

  it('lets wait what is done within a third of a second, and much less when the pressure does not end', () => {
    admission = createAdmission({ atOnce: 1_000, atLeast: 64 });
    bePressed(400, 5);
    expect(leaves.length).toBeGreaterThan(250);
    expect(leaves.length).toBeLessThan(330);
    bePressed(1_000, 5);
    expect(leaves.length).toBe(32);
  });

  it('takes a burst again once there has been room for all', () => {
    admission = createAdmission({ atOnce: 1_000, atLeast: 64 });
    bePressed(1_500, 5);
    finish(leaves.length);
    vi.advanceTimersByTime(200);
    expect(enter(1_000)).toBeGreaterThanOrEqual(64);
    finish(leaves.length);
    vi.advanceTimersByTime(2_000);
    expect(enter(2_000)).toBe(1_000);
  });

  it('always lets in enough to keep the connections busy, however slowly they go', () => {
    admission = createAdmission({ atOnce: 1_000, atLeast: 64 });
    enter(1_000);
    vi.advanceTimersByTime(3_000);
    finish(1_000);
    expect(enter(1_000)).toBeGreaterThanOrEqual(32);
  });

  it('begins nothing new beyond that while the turns of the process come late', () => {
    admission = createAdmission({ atOnce: 1_000, atLeast: 8 });
    const late = vi.spyOn(performance, 'now');
    for (let look = 0, now = performance.now(); look < 8; look++) {
      now += 200;
      late.mockReturnValue(now);
      vi.advanceTimersByTime(25);
    }
    expect(enter(1_000)).toBe(8);
    late.mockRestore();
  });

  it('lets in some who present credentials where there is no room for others', () => {
    admission = createAdmission({ atOnce: 2, atLeast: 2, withCredentials: 1 });
    enter(2);
    expect(admission.enter(false)).toBeNull();
    const leave = admission.enter(true);
    expect(leave).not.toBeNull();
    expect(admission.enter(true)).toBeNull();
    leave?.();
    expect(admission.enter(true)).not.toBeNull();
  });
});
