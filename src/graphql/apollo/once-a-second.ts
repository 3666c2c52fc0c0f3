/** How long after one line the next of its kind is written, in milliseconds. */
const apartMs = 1_000;

/**
 * Tells which of many equal events is worth a line of the log: of each kind one a second.
 * @returns how many there were since the last line of that kind, or null when this one is not worth a line.
 */
export type OnceASecond = (kind: string, nowMs: number) => number | null;

/** Kinds are few, so they are never removed. */
export function createOnceASecond(): OnceASecond {
  const kinds = new Map<string, { readonly writtenAtMs: number; unwritten: number }>();
  return (kind, nowMs) => {
    const last = kinds.get(kind);
    if (last && nowMs - last.writtenAtMs < apartMs) {
      last.unwritten += 1;
      return null;
    }
    kinds.set(kind, { writtenAtMs: nowMs, unwritten: 0 });
    return last?.unwritten ?? 0;
  };
}
