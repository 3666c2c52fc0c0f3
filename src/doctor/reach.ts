import type { Config } from '../config/config.js';
import { addressOf, describeCode } from '../database/failures/describe-failure.js';
import { type Finding, fault } from './finding.js';

/** Says why the database could not be reached, and what to do. Never repeats a password. */
export function describeUnreachable(error: unknown, config: Config): Finding {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (!config.databaseUrl) return fault(message.split('. ')[0]!, message.split('. ')[1]);
  if (code === '42501')
    return fault(
      `The user may not look into the schema analytics (${message})`,
      'As its owner: grant usage on schema analytics to this user, and select on all tables in it and on the mv_ views.',
    );
  const at = addressOf(config);
  const known = describeCode(code, at);
  if (known) return fault(known.problem, known.advice);
  return fault(
    `The database at ${at.place} cannot be reached (${code || message || 'unknown'})`,
    `Look at the server's log, and whether a firewall is between: ${at.variable} says where to connect.`,
  );
}
