import { readFileSync } from 'node:fs';

const packageFile = new URL('../../../package.json', import.meta.url);

/** The version of this package, such as `1.2.3`. */
export const ownVersion = (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;

/** Negative when `a` is the older of two versions `major.minor.patch`, positive when it is the newer one, else 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let part = 0; part < 3; part++) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const numbersOf = (version: string) => version.split(/[.+-]/).slice(0, 3).map(Number);
