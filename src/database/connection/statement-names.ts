import { LRUCache } from 'lru-cache';

/** Gives statements that come again the names that the server prepares them under. */
export interface StatementNames {
  /** Undefined for a statement that is sent and forgotten. */
  nameOf(text: string): string | undefined;
  /** Tells how long the server took for a statement that has a name, in milliseconds. */
  took(text: string, durationMs: number): void;
}

/** How many texts are counted; those that come once make room for those that come often. */
const maxTexts = 2_000;
/** How many are prepared. Each connection keeps as many, so the one that came longest ago gives its name away. */
const maxNames = 200;
/** Longer texts are not prepared, in characters: each would be kept here, and its plan in every session of the server. */
const maxTextLength = 8_000;
/** How often a text has to come before it is worth preparing. */
const often = 3;
/** What takes longer than this, in milliseconds, loses nothing by being planned for its values. */
const slowMs = 250;
/** How long it is then left alone, in milliseconds. */
const unpreparedForMs = 600_000;

/**
 * Planning a short statement costs about as much as running it; preparing saves that. But a generic plan can
 * be bad for some values, so a slow statement is not prepared again for a while.
 */
export function createStatementNames(clock: { now(): number } = performance): StatementNames {
  const counts = new LRUCache<string, number>({ max: maxTexts });
  const free = Array.from({ length: maxNames }, (_, index) => `analytics_${maxNames - index}`);
  const names = new LRUCache<string, string>({ max: maxNames, dispose: (name) => void free.push(name) });
  const unprepared = new LRUCache<string, true>({
    max: maxNames,
    ttl: unpreparedForMs,
    ttlResolution: 0,
    perf: clock,
  });
  return {
    nameOf(text) {
      if (text.length > maxTextLength) return undefined;
      const name = names.get(text);
      if (name !== undefined || unprepared.has(text)) return name;
      const count = (counts.get(text) ?? 0) + 1;
      counts.set(text, count);
      if (count < often) return undefined;
      counts.delete(text);
      if (free.length === 0) names.pop();
      const given = free.pop() as string;
      names.set(text, given);
      return given;
    },
    took(text, durationMs) {
      if (durationMs > slowMs && names.delete(text)) unprepared.set(text, true);
    },
  };
}
