import type { Config } from '../../config/config.js';
import { GatewayError } from '../../errors.js';
import { isSqlState } from './sql-state.js';

/** What went wrong in words, and what to do about it. */
export interface FailureText {
  readonly problem: string;
  readonly advice: string;
}

/** How the database is called in a sentence. Never holds a password. */
export interface DatabaseAddress {
  /** Such as `the server at db.example:5432`. */
  readonly server: string;
  readonly place: string;
  readonly host: string;
  readonly databaseName: string;
  /** The setting that says where the database is. */
  readonly variable: string;
}

/** For sentences that must not name hosts, such as those of `/readyz`. */
export const anonymousAddress: DatabaseAddress = {
  server: 'the server',
  place: 'the host and port of the database',
  host: 'of the database',
  databaseName: 'in the URL',
  variable: 'DATABASE_URL',
};

export function addressOf(config: Config): DatabaseAddress {
  const url = config.databaseDirectUrl ?? config.databaseUrl;
  if (!url) return anonymousAddress;
  const { hostname, port, pathname } = new URL(url.reveal());
  const place = `${hostname || 'localhost'}:${port || '5432'}`;
  return {
    server: `the server at ${place}`,
    place,
    host: hostname,
    databaseName: JSON.stringify(decodeURIComponent(pathname.slice(1))),
    variable: config.databaseDirectUrl ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL',
  };
}

type Describe = (at: DatabaseAddress) => readonly [problem: string, advice: string];

const seeDoctor = 'Run `mycelix-analytics doctor`, which says what is missing and how to put it back.';

/**
 * The one table from SQLSTATE, or the code of the network's error, to a sentence. Only what passes by itself advises to
 * try again.
 */
const failures: Readonly<Record<string, Describe>> = {
  ECONNREFUSED: ({ place, variable }) => [
    `Nothing listens on ${place}`,
    `Start the server, or correct the host and port in ${variable}.`,
  ],
  ENOTFOUND: ({ host, variable }) => [`The host ${host} is not known`, `Correct the host in ${variable}.`],
  EAI_AGAIN: ({ host, variable }) => [
    `The host ${host} is not known`,
    `Correct the host in ${variable}, or check the DNS server.`,
  ],
  ETIMEDOUT: ({ place, variable }) => [
    `Nothing answered from ${place} in time`,
    `Check for a firewall in between; ${variable} says where to connect.`,
  ],
  '08P01': ({ server }) => [
    `A pooler in front of ${server} refused the connection`,
    'Run `mycelix-analytics doctor` to see why.',
  ],
  '25006': ({ server, variable }) => [
    `The database refuses to be written to: ${server} is a standby, or its transactions are read-only`,
    `Let ${variable} name the primary, or: alter database … reset default_transaction_read_only.`,
  ],
  '28000': ({ server, variable }) => [
    `${capital(server)} refused the user or the password`,
    `Correct them in ${variable}, or allow this user in pg_hba.conf.`,
  ],
  '28P01': (at) => failures['28000']!(at),
  '3D000': ({ server, databaseName, variable }) => [
    `The database ${databaseName} does not exist at ${server}`,
    `Create it (createdb …), or correct the name in ${variable}.`,
  ],
  '3F000': () => ['A schema that the gateway needs is not there', seeDoctor],
  '40001': () => ['Another transaction changed the same rows meanwhile; nothing was done', 'Run it again.'],
  '40P01': () => ['Deadlock with another transaction; nothing was done', 'Run it again.'],
  '42501': () => [
    'The user of the database may not do that',
    'Run `mycelix-analytics doctor`, which names the missing grants, or run it as the owner of the tables and views.',
  ],
  '42703': () => ['A column that the gateway needs is not there', seeDoctor],
  '42883': () => ['A function that the gateway needs is not there', seeDoctor],
  '42P01': () => ['A table or view that the gateway needs is not there', seeDoctor],
  '53100': () => [
    'The disk of the server is full; nothing was done',
    'Make room on the volume of the data folder (and of temporary files), then run it again.',
  ],
  '53200': () => [
    'The server has no memory left; nothing was done',
    'Raise its memory, or lower work_mem and max_connections.',
  ],
  '53300': ({ server }) => [
    `${capital(server)} has no connection left`,
    'End idle sessions, raise max_connections, or put a pooler in front.',
  ],
  '53400': () => ['A limit of the server was reached; nothing was done', 'Raise the limit that it names.'],
  '55006': () => ['Somebody else uses that object', 'End the session that uses it, then run it again.'],
  '55P03': () => [
    'A lock was held by somebody else for too long; nothing was done',
    'End long transactions on artists, songs, plays and the views, then run it again.',
  ],
  '57014': () => [
    'The statement was cancelled, by a time limit or by somebody; nothing was done',
    'Raise statement_timeout of this user, or find out who cancelled it, then run it again.',
  ],
  '57P01': ({ server }) => [
    `${capital(server)} ended the connection`,
    'It is stopping or restarting. Run it again when it is up.',
  ],
  '57P02': (at) => failures['57P01']!(at),
  '57P03': ({ server }) => [
    `${capital(server)} is starting up or shutting down`,
    'Run it again in a moment.',
  ],
  '58030': () => ['The server cannot read or write its files', "Look at the server's log and its disks."],
  '58P01': () => [
    'A file of the server is missing',
    "Look at the server's log, and restore a backup if data is lost.",
  ],
  XX001: () => ['The data of the server is damaged', "Look at the server's log, and restore a backup."],
  XX002: () => ['An index is damaged', 'Rebuild it: reindex index … as the message names it.'],
};

/** The sentence of a code, or null where the table has none and the server's own words have to do. */
export function describeCode(code: string, at: DatabaseAddress): FailureText | null {
  const [problem, advice] = failures[code]?.(at) ?? [];
  return problem === undefined || advice === undefined ? null : { problem, advice };
}

interface ServerError extends Error {
  readonly code?: string;
  readonly detail?: string;
  readonly hint?: string;
}

/**
 * What the command line says of a failure: the sentence of its code with the server's own words, or these alone with
 * what the server adds to them.
 */
export function describeFailure(error: Error, at: DatabaseAddress): string {
  const cause = causeOf(error);
  const { code = '', detail, hint } = cause;
  const known = describeCode(code, at);
  if (cause !== error && !(error instanceof GatewayError)) {
    const more = known ? [known.problem, known.advice] : [detail, hint];
    return sentences([error.message, ...more]);
  }
  // An AggregateError of all addresses that refused has no message of its own.
  if (!cause.message && !known) return `The database cannot be reached (${code || cause.name}).`;
  const isFromServer = isSqlState(code);
  if (known)
    return sentences([
      known.problem,
      known.advice,
      isFromServer ? `${sentences([cause.message, hint])} (SQLSTATE ${code})` : undefined,
    ]);
  return sentences([cause.message, detail, hint]);
}

/** What the server said, where another sentence stands in front of it. */
function causeOf(error: Error): ServerError {
  if (error instanceof GatewayError) return causeOf(error.originalError ?? new Error(error.message));
  return (error.cause instanceof Error ? error.cause : error) as ServerError;
}

function sentences(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => (/[.!?:]$/.test(part!) ? part : `${part}.`))
    .join(' ');
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
