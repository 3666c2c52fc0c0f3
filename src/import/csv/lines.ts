/** One line of a text, without its line break. */
export interface Line {
  /** From 1 on. */
  readonly number: number;
  readonly text: string;
  /** Whether the line was longer than the limit; `text` holds its beginning then. */
  readonly isCut: boolean;
}

/** Nobody's listening history has lines like that, and one of them must not fill the memory. */
export const maxLineLength = 100_000;

/** Splits UTF-8 into lines, an array for each piece that arrives. A byte order mark at the beginning is left out. */
export async function* readLines(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<Line[]> {
  const decoder = new TextDecoder();
  let number = 0;
  let rest = '';
  let isCut = false;

  const take = (text: string, isLast: boolean): Line[] => {
    const lines: Line[] = [];
    const all = rest + text;
    let from = 0;
    for (let end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', from)) {
      lines.push(lineOf(all.slice(from, end)));
      from = end + 1;
    }
    rest = all.slice(from);
    if (isLast && rest !== '') lines.push(lineOf(rest));
    else if (rest.length > maxLineLength) {
      rest = rest.slice(0, maxLineLength);
      isCut = true;
    }
    return lines;
  };
  const lineOf = (text: string): Line => {
    const line = {
      number: ++number,
      text: text.slice(0, maxLineLength),
      isCut: isCut || text.length > maxLineLength,
    };
    isCut = false;
    return line;
  };

  for await (const piece of pieces) {
    const text = typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    const lines = take(text, false);
    if (lines.length > 0) yield lines;
  }
  const lines = take(decoder.decode(), true);
  if (lines.length > 0) yield lines;
}
