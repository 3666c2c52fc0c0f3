/** Lets something happen so many times a second, and as often at once. */
export function createCallerBudget(perSecond: number, elapsedMs: () => number): () => boolean {
  let left = perSecond;
  let countedAt = elapsedMs();
  return () => {
    const now = elapsedMs();
    left = Math.min(perSecond, left + ((now - countedAt) / 1000) * perSecond);
    countedAt = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
