import type { Config } from '../config/config.js';
import { type Finding, fault } from './finding.js';

/** Says why the database could not be reached, and what to do. Never repeats a password. */
export function describeUnreachable(error: unknown, config: Config): Finding {
  const variable = config.databaseDirectUrl ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL';
  if (!config.databaseUrl)
    return fault((error as Error).message.split('. ')[0]!, (error as Error).message.split('. ')[1]);
  const { hostname, port, pathname } = new URL((config.databaseDirectUrl ?? config.databaseUrl).reveal());
  const place = `${hostname || 'localhost'}:${port || '5432'}`;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  switch (code) {
    case 'ECONNREFUSED':
      return fault(
        `Nothing listens on ${place}`,
        `Start the server, or correct the host and port in ${variable}.`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fault(`The host ${hostname} is not known`, `Correct the host in ${variable}.`);
    case '28P01':
    case '28000':
      return fault(
        `The server at ${place} refused the user or the password`,
        `Correct them in ${variable}, or allow this user in pg_hba.conf.`,
      );
    case '3D000':
      return fault(
        `The database ${JSON.stringify(decodeURIComponent(pathname.slice(1)))} does not exist at ${place}`,
        `Create it (createdb …), or correct the name in ${variable}.`,
      );
    case '53300':
      return fault(
        `The server at ${place} has no connection left`,
        'End idle sessions, raise max_connections, or put a pooler in front.',
      );
    case '42501':
      return fault(
        `The user may not look into the schema analytics (${message})`,
        'As its owner: grant usage on schema analytics to this user, and select on all tables in it and on the mv_ views.',
      );
    case '57P03':
      return fault(`The server at ${place} is starting up or shutting down`, 'Ask again in a moment.');
    default:
      return fault(
        `The database at ${place} cannot be reached (${code || message || 'unknown'})`,
        `Look at the server's log, and whether a firewall is between: ${variable} says where to connect.`,
      );
  }
}
