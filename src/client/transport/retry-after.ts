/** How long `Retry-After` asks to wait, in milliseconds: it holds seconds or a date. 0 where it says nothing. */
export function readRetryAfter(header: string | null, nowMs: number): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return ms > 0 ? ms : 0;
}
