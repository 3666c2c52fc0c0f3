import { inspect } from 'node:util';

/**
 * A value that may be used but never shown: printing, logging or serialising it gives `[secret]`.
 * Only `reveal()` gives the text, so every place that needs it can be found by that name.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
