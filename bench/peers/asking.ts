import { differenceOf, meaningOf } from './compare.js';
import { type OperationName, operations, type Subject } from './operations.js';
import { pathOf, type RunningPeer } from './peer.js';
import { questionOf } from './question.js';

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** Asks once, with everything that a load generator sends. */
export async function ask(
  running: RunningPeer,
  name: OperationName,
  subject: Subject,
  tag?: string,
): Promise<Answered> {
  const { peer, url } = running;
  const { prefix, suffix } = questionOf(peer.dialect, name);
  const response = await fetch(url + pathOf(peer, name), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // As load generators ask: the tag of a compressed answer would not be the one that they get.
      'accept-encoding': 'identity',
      ...(tag ? { 'if-none-match': tag } : {}),
    },
    body: prefix + JSON.stringify(operations[name].variables(subject)) + suffix,
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** @throws Error naming the first value in which a peer answers otherwise than expected. */
export function expectSame(title: string, name: OperationName, expected: string, got: Answered): void {
  const difference =
    got.status === 200
      ? differenceOf(meaningOf(dataOf(expected)), meaningOf(dataOf(got.text)))
      : `expected status 200, got ${got.status}: ${got.text.slice(0, 500)}`;
  if (difference) throw new Error(`${title}, ${operations[name].title}: ${difference}`);
}

function dataOf(text: string): unknown {
  const { data, errors } = JSON.parse(text) as { data: unknown; errors?: unknown };
  if (errors) throw new Error(`Expected an answer without errors, got ${JSON.stringify(errors)}`);
  return data;
}
