import { type Attempt, attempt, generationOf, type Question } from './question.js';

/** Rounds at most; after the first, only outdated answers are asked for again. */
const maxRounds = 3;

/** Asks until all answers are of one refresh, for at most `maxRounds` rounds. */
export async function askAlike(
  found: Map<Question, Attempt>,
  questions: readonly Question[],
): Promise<ReadonlyMap<Question, Attempt>> {
  let missing = questions;
  for (let round = 0; round < maxRounds && missing.length > 0; round++) {
    await Promise.all(missing.map(async (question) => found.set(question, await attempt(question))));
    const newest = Math.max(...[...found.values()].map(generationOf));
    missing = [...found]
      .filter(([, each]) => each.answer && generationOf(each) < newest)
      .map(([question]) => question);
  }
  return found;
}

export function newestOf(attempts: Iterable<Attempt>): Attempt | null {
  let newest: Attempt | null = null;
  for (const each of attempts)
    if (each.answer?.freshness && (!newest || generationOf(each) > generationOf(newest))) newest = each;
  return newest;
}
