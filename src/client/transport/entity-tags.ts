interface Entry<Kept> {
  readonly etag: string;
  readonly kept: Kept;
}

/** Remembers answers with their entity tags; those that were used longest ago go first. */
export class EntityTags<Kept> {
  readonly #entries = new Map<string, Entry<Kept>>();

  constructor(readonly maxEntries = 500) {}

  find(key: string): Entry<Kept> | undefined {
    const entry = this.#entries.get(key);
    if (entry) this.#put(key, entry);
    return entry;
  }

  /** Keeps nothing that has no tag. */
  keep(key: string, etag: string | null, kept: Kept): void {
    if (etag === null) this.#entries.delete(key);
    else this.#put(key, { etag, kept });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.maxEntries && oldest !== undefined) this.#entries.delete(oldest);
  }

  #put(key: string, entry: Entry<Kept>): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }
}
