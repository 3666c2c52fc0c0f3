/**
 * What an answer says, without how it is written: PostGraphile sends counts as strings, everybody but the gateway
 * cuts times to milliseconds, and an object may come as a list of one.
 */
export function meaningOf(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.length === 1 ? meaningOf(answer[0]) : answer.map(meaningOf);
  if (typeof answer === 'string') return meaningOfText(answer);
  if (answer === null || typeof answer !== 'object') return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, meaningOf(value)]));
}

function meaningOfText(text: string): unknown {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return Math.floor(Date.parse(text));
  if (/^(pay-per-stream|gift-economy|patronage|auction)$/.test(text))
    return text.toUpperCase().replaceAll('-', '_');
  return text;
}

/** Where two meanings part, for a message; null when they do not. */
export function differenceOf(expected: unknown, got: unknown, path = 'data'): string | null {
  if (typeof expected === 'object' && expected && typeof got === 'object' && got) {
    const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
    for (const name of names) {
      const difference = differenceOf(
        (expected as Record<string, unknown>)[name],
        (got as Record<string, unknown>)[name],
        `${path}.${name}`,
      );
      if (difference) return difference;
    }
    return null;
  }
  return Object.is(expected, got)
    ? null
    : `${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`;
}
