/**
 * Reads expressions as EXPLAIN prints them: every part in parentheses, every column with its table, every literal
 * with its type.
 */

const name = `(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")+")`;

/** `plays.song_id`, `(songs.title)::text`, `"My Table"."Odd Name"`. */
export const columnPattern = String.raw`\(?(${name})\.(${name})\)?(?:::([a-z ]+))?`;

/** A column of one of the tables of a statement. */
export interface ColumnReference {
  readonly alias: string;
  readonly column: string;
  /** The type that the column is read as, when it is not its own. */
  readonly cast: string | null;
}

/** From the three groups of `columnPattern`. */
export function referenceOf(alias = '', column = '', cast?: string): ColumnReference {
  return { alias: plain(alias), column: plain(column), cast: cast ?? null };
}

function plain(identifier: string): string {
  return identifier.startsWith('"') ? identifier.slice(1, -1).replaceAll('""', '"') : identifier;
}

/** The tables that an expression reads from. */
export function aliasesIn(expression: string): string[] {
  const withoutLiterals = expression.replace(/'(?:[^']|'')*'/g, "''");
  return [...withoutLiterals.matchAll(new RegExp(String.raw`(${name})\.${name}`, 'g'))].map((match) =>
    plain(match[1] ?? ''),
  );
}

/** The conditions that all have to hold: `((a = 1) AND (b OR c))` gives `a = 1` and `b OR c`. */
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

/** Without the pair of parentheses around the whole, if there is one. */
function withoutParentheses(expression: string): string {
  const text = expression.trim();
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  for (const { at, depth } of positionsOf(text))
    if (depth === 0 && at > 0 && at < text.length - 1) return text;
  return withoutParentheses(text.slice(1, -1));
}

/** Every position outside of literals and quoted names, with the number of parentheses that are open after it. */
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
