/** A list that keeps only the last `most` items. */
export class Recent<Item> {
  readonly #most: number;
  #items: Item[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(item: Item): void {
    this.#items.push(item);
    if (this.#items.length > this.#most) this.#items.shift();
  }

  /** The newest first. */
  list(): Item[] {
    return this.#items.toReversed();
  }

  clear(): void {
    this.#items = [];
  }
}
