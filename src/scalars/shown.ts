/** A value of a request as an error names it: as JSON, and not all of a long one. */
export function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}
