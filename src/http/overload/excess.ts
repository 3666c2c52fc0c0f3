/** Something that a client holds, and since when. */
export interface Held<Item> {
  readonly item: Item;
  /** Null where it is unknown; such are counted in total only. */
  readonly client: string | null;
  readonly since: number;
}

/**
 * Selects what to close: each client's oldest beyond `mostOfClient`; then, down to `most` in total, the
 * oldest of the clients that hold most. Ties go in order of arrival.
 */
export function excessOf<Item>(all: readonly Held<Item>[], mostOfClient: number, most: number): Item[] {
  const counts = new Map<string, number>();
  // Ranks count from the newest of each client.
  const ranked = [...all]
    .reverse()
    .sort((one, other) => other.since - one.since)
    .map((held) => {
      const rank = held.client === null ? 0 : (counts.get(held.client) ?? 0);
      if (held.client !== null) counts.set(held.client, rank + 1);
      return { ...held, rank };
    });
  const beyond = ranked.filter(({ rank }) => rank >= mostOfClient);
  const within = ranked.filter(({ rank }) => rank < mostOfClient);
  within.sort((one, other) => other.rank - one.rank || one.since - other.since);
  const further = within.slice(0, Math.max(0, within.length - Math.max(0, most)));
  return [...beyond, ...further].map(({ item }) => item);
}
