import type { Tab } from './starters.ts';

/**
 * What another page wants to be tried here: `query` and `variables` after `#`, where no server sees them, or after `?`. It
 * becomes a tab beside those that are there. It is never run by itself, because it may change something.
 */
export function linkedTab({ hash, search }: Location = location): Tab | undefined {
  for (const text of [hash.slice(1), search]) {
    const link = new URLSearchParams(text);
    const query = link.get('query');
    if (query !== null) return { query, variables: link.get('variables') ?? '' };
  }
  return undefined;
}
