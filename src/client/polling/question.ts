import type { Answer, Received } from '../transport/answer.js';
import { failureOf, type RequestFailure } from '../transport/failure.js';

/** One question with its variables. Two with the same key are the same question. */
export interface Question<Data = unknown> {
  readonly key: string;
  /** @throws RequestFailure */
  readonly ask: () => Promise<Received<Data>>;
}

/** What is known of the answer to one question. */
export interface Latest<Data = unknown> {
  readonly answer: Answer<Data> | null;
  /** Why the newest try failed; the answer, if there is one, is then an older one. */
  readonly failure: RequestFailure | null;
}

export const unasked: Latest = { answer: null, failure: null };

/** What one try came to. */
export interface Attempt extends Latest {
  readonly gatewayTimeMs?: number | null;
}

export async function attempt(question: Question): Promise<Attempt> {
  try {
    return { ...(await question.ask()), failure: null };
  } catch (error) {
    return { answer: null, failure: failureOf(error) };
  }
}

/** The refresh that an answer is of; below all others where there is none. */
export function generationOf({ answer }: Latest): number {
  return answer?.freshness?.generation ?? Number.NEGATIVE_INFINITY;
}
