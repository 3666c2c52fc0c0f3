/**
 * Reads `name=value,name=value`, percent-encoded, as the `OTEL_…` variables have lists. Null when something in it is no
 * such pair.
 */
export function readPairs(text: string): Record<string, string> | null {
  const pairs: Record<string, string> = {};
  for (const entry of text.split(',')) {
    if (entry.trim() === '') continue;
    const at = entry.indexOf('=');
    const name = decoded(entry.slice(0, Math.max(0, at)).trim());
    const value = decoded(entry.slice(at + 1).trim());
    if (!name || value === null) return null;
    pairs[name] = value;
  }
  return pairs;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
