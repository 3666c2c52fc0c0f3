/** Something that a client holds, and since when. */
export interface Held<Item> {
  readonly item: Item;
  /** Null where it is unknown; such are counted in total only. */
  readonly client: string | null;
  readonly since: number;
}

/**
 * Those that have to go: of each client the oldest beyond `mostOfClient`; and, where more than `most` are left, of the
 * clients that hold the most, the oldest first. What is as old as another is in the order that it came in.
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
