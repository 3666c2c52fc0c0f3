/** What stands in the place of a value. */
const value = '?';

/** In the order in which they are tried. What was cut off in the middle goes to the end of the text. */
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
 * A statement without any value that was written into it: strings, numbers and comments go, names and `$1` stay. The
 * texts that PostgreSQL keeps of running statements hold them verbatim, addresses and passwords included, and may be cut off
 * in the middle of one. What cannot be told for sure from a value is left out.
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
    // Comments may hold comments, which no pattern can follow: what comes after that is left out.
    if (token.startsWith('/*') && token.includes('/*', 2)) return `${collapse(scrubbed)} …`;
    const dollar = /^\$(?:[^\d$][^$]*)?\$/.exec(token)?.[0];
    const end = dollar === undefined ? -1 : token.indexOf(dollar, dollar.length);
    const length = end < 0 ? token.length : end + (dollar?.length ?? 0);
    scrubbed += replacementOf(token, dollar !== undefined);
    rest = rest.slice(match.index + length);
  }
}

function replacementOf(token: string, isDollarQuoted: boolean): string {
  if (isDollarQuoted) return value;
  if (token.startsWith('--') || token.startsWith('/*')) return ' ';
  if (/^(\$\d|"|[A-Za-z_\u0080-\uffff])/.test(token) && !/^[A-Za-z]&?'/.test(token)) return token;
  return value;
}

const collapse = (text: string) => text.replace(/\s+/g, ' ').trim();
