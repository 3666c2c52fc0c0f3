/** Adds decimals as PostgreSQL writes them, without losing a digit. */
export function addDecimals(values: readonly string[]): string {
  const digits = Math.max(0, ...values.map((value) => fractionOf(value).length));
  let sum = 0n;
  for (const value of values)
    sum += BigInt(value.replace('.', '') + '0'.repeat(digits - fractionOf(value).length));
  if (digits === 0) return sum.toString();
  const text = (sum < 0n ? -sum : sum).toString().padStart(digits + 1, '0');
  return `${sum < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function fractionOf(value: string): string {
  return value.split('.')[1] ?? '';
}
