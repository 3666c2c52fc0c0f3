import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { startProgress } from '../../src/cli/progress.js';

function output(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 100 });
  return { stream, text: () => String(stream.read() ?? '') };
}

describe('Progress', () => {
  test('is a bar on a terminal that is gone in the end', () => {
    const { stream, text } = output(true);
    const progress = startProgress(stream, 'Importing plays', 200);
    progress.update(100, '1,000 loaded');
    progress.stop();
    expect(text()).toMatch(/Importing plays .*50 % 1,000 loaded/);
  });

  test('of a pipe says no percentage', () => {
    const { stream, text } = output(true);
    const progress = startProgress(stream, 'Importing plays', null);
    progress.update(100, '1,000 loaded');
    progress.stop();
    expect(text()).not.toContain('%');
  });

  test('is a line now and then where there is no terminal', () => {
    const { stream, text } = output(false);
    const seldom = startProgress(stream, 'Importing plays', 200);
    seldom.update(100, '1,000 loaded');
    seldom.stop();
    expect(text()).toBe('');
    const often = startProgress(stream, 'Importing plays', 200, 0);
    often.update(100, '1,000 loaded');
    expect(text()).toBe('Importing plays: 50 %, 1,000 loaded\n');
  });
});
