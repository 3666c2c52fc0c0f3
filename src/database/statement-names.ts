import { LRUCache } from 'lru-cache';

/** Gives statements that come again the names that the server prepares them under. */
export interface StatementNames {
  /** Undefined for a statement that is sent and forgotten. */
  nameOf(text: string): string | undefined;
}

/** How many texts are counted; those that come once make room for those that come often. */
const mostTexts = 2_000;
/** How many are ever prepared. Each is kept by every connection until it closes, so the number is bounded. */
const mostNames = 200;
/** How often a text has to come before it is worth preparing. */
const often = 3;

/** What a statement is planned for again and again costs about as much as running it; preparing saves that. */
export function createStatementNames(): StatementNames {
  const counts = new LRUCache<string, number>({ max: mostTexts });
  const names = new Map<string, string>();
  return {
    nameOf(text) {
      const name = names.get(text);
      if (name !== undefined || names.size >= mostNames) return name;
      const count = (counts.get(text) ?? 0) + 1;
      counts.set(text, count);
      if (count < often) return undefined;
      counts.delete(text);
      const given = `analytics_${names.size + 1}`;
      names.set(text, given);
      return given;
    },
  };
}
