import type { LoopRequest } from './requests.js';

type Random = () => number;

const headerNames = [
  'accept',
  'accept-encoding',
  'if-none-match',
  'content-type',
  'authorization',
  'origin',
  'x-forwarded-for',
  'cookie',
  'x-request-id',
];
const maxTextLength = 40_000;

/** Changes a part of a request so that it may take longer; what is cut from the others is put into it as well. */
export function mutated(request: LoopRequest, others: readonly LoopRequest[], random: Random): LoopRequest {
  const other = pick(others, random);
  const kind = random();
  if (kind < 0.45) return { ...request, query: mutatedText(request.query, other.query, random) };
  if (kind < 0.75)
    return { ...request, variables: mutatedJson(request.variables ?? {}, other.variables, random) };
  if (kind < 0.8) return { ...request, query: other.query };
  if (kind < 0.85) return { ...request, variables: other.variables };
  if (kind < 0.93) {
    const name = pick(headerNames, random);
    const text = mutatedText(request.headers?.[name] ?? 'a/b;q=0.1, "x"', ' ,;="\t', random).replace(
      /[^\t\x20-\x7e]/g,
      ' ',
    );
    return { ...request, headers: { ...request.headers, [name]: text.slice(0, 12_000) } };
  }
  if (kind < 0.96) return { ...request, method: request.method === 'GET' ? 'POST' : 'GET' };
  if (kind < 0.98)
    return {
      ...request,
      suffix: mutatedText(request.suffix ?? '&a=%20', '&=+%e4', random).replace(/[^\x21-\x7e]/g, '+'),
    };
  return { ...request, extensions: mutatedJson(request.extensions ?? {}, other.variables, random) };
}

/** Longer than any body that is read; repetitions of repetitions would fill the memory. */
const maxJsonLength = 200_000;

function mutatedJson(value: unknown, other: unknown, random: Random): unknown {
  const changed = mutatedValue(value, other, random);
  return isLonger(changed, { left: maxJsonLength }) ? value : changed;
}

/** Whether a value has more characters as JSON, about; stops counting there. */
function isLonger(value: unknown, budget: { left: number }): boolean {
  budget.left -= typeof value === 'string' ? value.length + 3 : 3;
  if (budget.left < 0) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => {
    budget.left -= Array.isArray(value) ? 0 : key.length + 3;
    return isLonger(inner, budget);
  });
}

/** Repeats a piece that begins and ends between words, or puts one of another text in its place. */
function mutatedText(text: string, other: string, random: Random): string {
  const words = wordsOf(text);
  const from = at(words, random);
  const to = Math.min(words.length, from + 1 + Math.floor(random() ** 2 * words.length));
  const piece = words.slice(from, to).join('');
  const count = 2 ** Math.ceil(random() * 8);
  const kind = random();
  const foreign = () => {
    const all = wordsOf(other);
    const start = at(all, random);
    return all.slice(start, start + 1 + Math.floor(random() * 30)).join('');
  };
  let middle: string;
  if (kind < 0.35) middle = ` ${piece}`.repeat(count);
  else if (kind < 0.5) middle = balanced(words, from, count) ?? piece;
  else if (kind < 0.6) middle = `${'...{ '.repeat(count % 12)}${piece}${'}'.repeat(count % 12)}`;
  else if (kind < 0.7) middle = Array.from({ length: count % 60 }, (_, n) => `a${n}:${piece} `).join('');
  else if (kind < 0.8) middle = '';
  else if (kind < 0.9) middle = piece + foreign();
  else middle = piece.replace(/\d+/g, () => String(Math.floor(random() * 101)));
  return (words.slice(0, from).join('') + middle + words.slice(to).join('')).slice(0, maxTextLength);
}

/** A field with what belongs to it in brackets, repeated. */
function balanced(words: readonly string[], from: number, count: number): string | null {
  let depth = 0;
  for (let index = from; index < words.length; index++) {
    if (words[index] === '{') depth += 1;
    if (words[index] === '}') {
      depth -= 1;
      if (depth === 0)
        return words
          .slice(from, index + 1)
          .join('')
          .concat(' ')
          .repeat(count);
      if (depth < 0) return null;
    }
  }
  return null;
}

function mutatedValue(value: unknown, other: unknown, random: Random): unknown {
  const kind = random();
  if (typeof value === 'object' && value !== null && kind < 0.6) {
    const entries = Object.entries(value);
    if (entries.length > 0) {
      const [key, inner] = pick(entries, random);
      const changed = mutatedValue(inner, other, random);
      if (Array.isArray(value)) return value.map((each, index) => (String(index) === key ? changed : each));
      return { ...value, [key]: changed };
    }
  }
  const count = 2 ** Math.ceil(random() * 12);
  if (kind < 0.7) return Array(count).fill(value);
  if (kind < 0.76)
    return {
      ...(value as object),
      ...Object.fromEntries(Array.from({ length: count % 520 }, (_, n) => [`k${n}`, n])),
    };
  if (kind < 0.82) return pick([{ and: [value] }, { or: [value, value] }, { not: value }], random);
  if (kind < 0.88) return 'x%_\\"'.repeat(count);
  if (kind < 0.94) return pick([null, 1, -1, 1e300, true, '', {}, [], '0x1', '2026-01-01T00:00:00Z'], random);
  return other;
}

const wordsOf = (text: string) => text.match(/\w+|\s+|[^\w\s]/g) ?? [' '];
const at = (list: readonly unknown[], random: Random) => Math.floor(random() * list.length);
const pick = <T>(list: readonly T[], random: Random): T => list[at(list, random)] as T;
