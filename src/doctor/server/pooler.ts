import pg from 'pg';
import type { Config } from '../../config/config.js';
import { announcedProcess } from '../../database/wire/announced-process.js';
import type { Check } from '../checked-database.js';
import { type Finding, fault, hint, ok } from '../finding.js';

/** Whether something hands out server sessions by the transaction, which LISTEN and migrations cannot live with. */
export const checkPooler: Check = async ({ config, database }) => {
  if (database.kind === 'embedded' || !config.databaseUrl) return [];
  const findings: Finding[] = [];
  const isDirectGiven = config.databaseDirectUrl !== undefined;
  if (config.databaseDirectUrl && (await findPooling(config.databaseDirectUrl.reveal())) === 'transaction')
    findings.push(
      fault(
        'DATABASE_DIRECT_URL leads through a transaction pooler, too',
        'Let it name the server itself: LISTEN and migrations need a session of their own.',
      ),
    );
  const pooling = await findPooling(config.databaseUrl.reveal()).catch((error: Error) => error);
  const refused =
    pooling === 'session' && !isDirectGiven ? await findRefusedParameter(config.databaseUrl.reveal()) : null;
  if (pooling instanceof Error) findings.push(describeFailure(pooling, config));
  else if (refused)
    findings.push(
      fault(
        `The pooler in DATABASE_URL refuses the parameter ${refused}`,
        'Set DATABASE_DIRECT_URL to the server itself: with it the gateway asks nothing of the pooler.',
      ),
    );
  else if (pooling === 'transaction' && !isDirectGiven)
    findings.push(
      fault(
        'DATABASE_URL leads through a transaction pooler',
        'Set DATABASE_DIRECT_URL to the server itself: LISTEN and migrations need a session of their own.',
      ),
    );
  else if (findings.length === 0)
    findings.push(
      ok(
        pooling === 'none'
          ? 'No pooler is in the way'
          : `A ${pooling} pooler is used${isDirectGiven ? ', and DATABASE_DIRECT_URL leads past it' : ''}`,
      ),
    );
  return findings;
};

function describeFailure(error: Error, { databaseDirectUrl }: Config): Finding {
  const title = `DATABASE_URL cannot be used (${(error as { code?: string }).code ?? error.name})`;
  return databaseDirectUrl ? fault(title, 'DATABASE_DIRECT_URL can: compare the two.') : hint(title);
}

/** Past no pooler that is known of, the gateway says its limit at the start of a session. Some refuse that. */
async function findRefusedParameter(connectionString: string): Promise<string | null> {
  const client = new pg.Client({
    connectionString,
    statement_timeout: 10_000,
    options: '-c default_transaction_read_only=on',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return null;
  } catch (error) {
    return /unsupported startup parameter[^:]*: (\w+)/.exec((error as Error).message)?.[1] ?? null;
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * A pooler answers the greeting with a process number of its own, which is not the one of the server process. One
 * that pools by the transaction gives two clients the same process in turn, or one client different ones.
 */
async function findPooling(connectionString: string): Promise<'none' | 'session' | 'transaction'> {
  const clients = [0, 1].map(
    () => new pg.Client({ connectionString, query_timeout: 10_000, connectionTimeoutMillis: 5_000 }),
  );
  const [first, second] = clients as [pg.Client, pg.Client];
  for (const client of clients) client.on('error', () => {});
  try {
    await first.connect();
    await second.connect();
    const before = await pidOf(first);
    if (before === (await pidOf(second))) return 'transaction';
    // While the other one holds a server process, the first one would be given another.
    await second.query('begin');
    await pidOf(second);
    await first.query('begin');
    const during = await pidOf(first);
    await second.query('commit');
    await first.query('commit');
    if (before !== during || before !== (await pidOf(first))) return 'transaction';
    return announcedProcess(first) === before ? 'none' : 'session';
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  }
}

async function pidOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]!.pid;
}
