/** The sum of decimals, without losing a digit. */
export function exactSum(values: readonly string[]): string {
  const digits = Math.max(0, ...values.map((value) => fractionOf(value).length));
  const sum = values.reduce((before, value) => before + scaled(value, digits), 0n);
  const sign = sum < 0n ? '-' : '';
  const text = String(sum < 0n ? -sum : sum).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export function exactDifference(from: string, value: string): string {
  return exactSum([from, value.startsWith('-') ? value.slice(1) : `-${value}`]);
}

/** Whether a decimal is zero, in as many digits as it may have. */
export function isNothing(value: string): boolean {
  return /^-?[0.]*$/.test(value);
}

function scaled(value: string, digits: number): bigint {
  return BigInt(value.replace('.', '') + '0'.repeat(digits - fractionOf(value).length));
}

function fractionOf(value: string): string {
  return value.split('.')[1] ?? '';
}
