import { quoted } from './values.js';
import { variables } from './variables/index.js';

/** What is wrong between variables that are each right by themselves. */
export function faultsBetween(given: Readonly<Record<string, string | undefined>>): string[] {
  const faults: string[] = [];
  if (givesJwt(given)) {
    for (const name of ['JWT_ISSUER', 'JWT_AUDIENCE'])
      if (!given[name]) faults.push(`${name}: expected, because other JWT_ variables are set`);
    if (Boolean(given.JWT_JWKS_URL) === Boolean(given.JWT_JWKS_FILE))
      faults.push('JWT_JWKS_URL, JWT_JWKS_FILE: expected exactly one of the two');
  }
  // A limit that is reached only after the one around it says nothing.
  const limits = ['DATABASE_WAIT_SECONDS', 'STATEMENT_LIMIT_SECONDS', 'REQUEST_LIMIT_SECONDS'] as const;
  const read = variables.pick({
    DATABASE_WAIT_SECONDS: true,
    STATEMENT_LIMIT_SECONDS: true,
    REQUEST_LIMIT_SECONDS: true,
  });
  const seconds = read.safeParse(given).data;
  if (seconds && !limits.every((name, index) => index === 0 || seconds[limits[index - 1]!] < seconds[name]))
    faults.push(
      `${limits.join(', ')}: expected each to be larger than the one before, got ${limits.map((name) => seconds[name]).join(', ')}`,
    );
  if (given.DATABASE_DIRECT_URL && !given.DATABASE_URL)
    faults.push('DATABASE_DIRECT_URL: expected only together with DATABASE_URL');
  if (given.DATABASE_READ_URLS && !given.DATABASE_URL)
    faults.push(
      'DATABASE_READ_URLS: expected only together with DATABASE_URL, because the embedded database has no replicas',
    );
  if (Number(given.WORKERS) > 1 && !given.DATABASE_URL)
    faults.push(
      `WORKERS: expected 1 or auto without DATABASE_URL, because one process owns the embedded database, got ${quoted(given.WORKERS)}`,
    );
  // The embedded database is one session, whose statements can neither be cancelled nor limited in time.
  if (!['off', undefined].includes(given.VERIFY_SCHEDULE) && !given.DATABASE_URL)
    faults.push(
      'VERIFY_SCHEDULE: expected only together with DATABASE_URL, because in the embedded database a verification holds up every query; stop the gateway and run `mycelix-analytics verify` instead',
    );
  return faults;
}

function givesJwt(given: object): boolean {
  return Object.keys(given).some((name) => name.startsWith('JWT_'));
}
