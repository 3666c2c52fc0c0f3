/** Replaces each literal. */
const placeholder = '?';

/** Tried in this order. A token truncated in the middle extends to the end of the text. */
const tokens = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`/\*[\s\S]*?(?:\*/|$)`,
    '"(?:[^"]|"")*(?:"|$)',
    String.raw`\b[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|\\?$)`,
    String.raw`(?:\b[bBxXnN]|\b[uU]&)?'(?:[^']|'')*(?:'|$)`,
    String.raw`\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*`,
    String.raw`\$\d+`,
    String.raw`[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*`,
    String.raw`(?:\d[\w.]*|\.\d[\w.]*)(?:(?<=[eE])[+-]\d+)?`,
  ].join('|'),
  'g',
);

/**
 * Removes literals and comments from a statement; names and `$1` stay. pg_stat_activity shows statements verbatim,
 * addresses and passwords included, and may truncate them in the middle of a literal. Ambiguous text is removed.
 */
export function withoutLiterals(text: string): string {
  let rest = text;
  let scrubbed = '';
  for (;;) {
    tokens.lastIndex = 0;
    const match = tokens.exec(rest);
    if (!match) return collapse(scrubbed + rest);
    const [token] = match;
    scrubbed += rest.slice(0, match.index);
    // Comments can nest, which a regular expression cannot follow: drop everything after a nested one.
    if (token.startsWith('/*') && token.includes('/*', 2)) return `${collapse(scrubbed)} …`;
    const dollar = /^\$(?:[^\d$][^$]*)?\$/.exec(token)?.[0];
    const end = dollar === undefined ? -1 : token.indexOf(dollar, dollar.length);
    const length = end < 0 ? token.length : end + (dollar?.length ?? 0);
    scrubbed += replacementOf(token, dollar !== undefined);
    rest = rest.slice(match.index + length);
  }
}

function replacementOf(token: string, isDollarQuoted: boolean): string {
  if (isDollarQuoted) return placeholder;
  if (token.startsWith('--') || token.startsWith('/*')) return ' ';
  if (/^(\$\d|"|[A-Za-z_\u0080-\uffff])/.test(token) && !/^[A-Za-z]&?'/.test(token)) return token;
  return placeholder;
}

const collapse = (text: string) => text.replace(/\s+/g, ' ').trim();
