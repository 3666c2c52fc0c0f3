/** A list that keeps only the last `maxItems` items. */
export class Recent<Item> {
  readonly #maxItems: number;
  #items: Item[] = [];

  constructor(maxItems: number) {
    this.#maxItems = maxItems;
  }

  add(item: Item): void {
    this.#items.push(item);
    if (this.#items.length > this.#maxItems) this.#items.shift();
  }

  /** The newest first. */
  list(): Item[] {
    return this.#items.toReversed();
  }

  clear(): void {
    this.#items = [];
  }
}
