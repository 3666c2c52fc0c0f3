/** Whether an error code is a SQLSTATE, rather than one of Node.js such as `EPIPE`. */
export function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E');
}
