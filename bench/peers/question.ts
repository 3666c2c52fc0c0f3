import { type Dialect, type OperationName, operations, type Subject } from './operations.js';

/** The body of a request around its variables. */
export interface Question {
  readonly prefix: string;
  readonly suffix: string;
}

export function questionOf(dialect: Dialect, name: OperationName): Question {
  if (dialect === 'fixed' || dialect === 'hand')
    return { prefix: `{"question":"${name}","variables":`, suffix: '}' };
  return {
    prefix: `{"query":${JSON.stringify(operations[name][dialect].replace(/\s+/g, ' '))},"variables":`,
    suffix: '}',
  };
}

/** Something to ask about that was not asked about before, again the same for the same number. */
export function subjectAt(index: number, addresses: readonly string[]): Subject {
  const random = randomFrom(index + 1);
  const genres = Array.from({ length: 20 }, (_, genre) => `Genre ${genre}`);
  for (let place = 0; place < 5; place++) {
    const other = place + Math.floor(random() * (20 - place));
    [genres[place], genres[other]] = [genres[other] as string, genres[place] as string];
  }
  return {
    genres: genres.slice(0, 5),
    // So few that the page is full however many plays there are.
    plays: 1 + (index % 10),
    address: addresses[Math.floor(random() * addresses.length)] ?? '0x0',
  };
}

/** mulberry32: small, and good enough for choosing. */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
