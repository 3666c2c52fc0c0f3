/** Why a value or a row is not taken: what was expected, and what was got. */
export class Fault {
  constructor(readonly reason: string) {}
}

/** A fault that shows the beginning of what was got. */
export function unexpected(expected: string, got: string): Fault {
  return new Fault(
    `expected ${expected}, got ${JSON.stringify(got.length > 60 ? `${got.slice(0, 60)}…` : got)}`,
  );
}
