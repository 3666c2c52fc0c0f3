/** Parses expressions as EXPLAIN prints them: parenthesized, with qualified columns and typed literals. */

const name = `(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")+")`;

/** `plays.song_id`, `(songs.title)::text`, `"My Table"."Odd Name"`. */
export const columnPattern = String.raw`\(?(${name})\.(${name})\)?(?:::([a-z ]+))?`;

/** A column of a table in a statement. */
export interface ColumnReference {
  readonly alias: string;
  readonly column: string;
  /** The type it is cast to, if any. */
  readonly cast: string | null;
}

/** Builds a reference from the three groups of `columnPattern`. */
export function referenceOf(alias = '', column = '', cast?: string): ColumnReference {
  return { alias: plain(alias), column: plain(column), cast: cast ?? null };
}

function plain(identifier: string): string {
  return identifier.startsWith('"') ? identifier.slice(1, -1).replaceAll('""', '"') : identifier;
}

/** Table aliases in an expression. */
export function aliasesIn(expression: string): string[] {
  const withoutLiterals = expression.replace(/'(?:[^']|'')*'/g, "''");
  return [...withoutLiterals.matchAll(new RegExp(String.raw`(${name})\.${name}`, 'g'))].map((match) =>
    plain(match[1] ?? ''),
  );
}

/** Splits a conjunction: `((a = 1) AND (b OR c))` gives `a = 1` and `b OR c`. */
export function conjunctsOf(expression: string): string[] {
  const inner = withoutParentheses(expression);
  const parts: string[] = [];
  let start = 0;
  for (const { at, depth } of positionsOf(inner)) {
    if (depth > 0 || !inner.startsWith(' AND ', at)) continue;
    parts.push(inner.slice(start, at));
    start = at + ' AND '.length;
  }
  if (parts.length === 0) return [inner];
  return [...parts, inner.slice(start)].flatMap(conjunctsOf);
}

/** Removes outer parentheses. */
function withoutParentheses(expression: string): string {
  const text = expression.trim();
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  for (const { at, depth } of positionsOf(text))
    if (depth === 0 && at > 0 && at < text.length - 1) return text;
  return withoutParentheses(text.slice(1, -1));
}

/** Positions outside literals and quoted names, with the parenthesis depth after each. */
function* positionsOf(text: string): Generator<{ at: number; depth: number }> {
  let depth = 0;
  let quote: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote) {
      if (character === quote) quote = null;
      continue;
    }
    if (character === "'" || character === '"') quote = character;
    if (character === '(') depth++;
    if (character === ')') depth--;
    yield { at, depth };
  }
}
