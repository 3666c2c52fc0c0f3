import { type Compilable, CompiledQuery } from 'kysely';
import type { Connections } from '../connection/connections.js';
import { asGatewayError } from '../failures/failures.js';
import type { Reader } from '../reader/reader.js';
import { statementOf } from '../reader/statement.js';
import type { Cancellation } from '../resilience/cancellation.js';
import { destroyConnection } from '../wire/cancel.js';
import { type AskForRows, askUntil } from './ask-until.js';
import type { RowCursor, RowValues, Snapshot } from './snapshot.js';

/** How often a snapshot is taken anew when a view is replaced under it. */
const maxAttempts = 5;

/** The planner is told that all rows will be fetched; otherwise it plans for the first tenth. */
const begin = 'begin isolation level repeatable read, read only; set local cursor_tuple_fraction = 1';

/** A view was replaced after the snapshot was taken and before it was locked. */
class ReplacedView extends Error {}

/** Runs `work` in one transaction of its own on a server. `settings` is what the transaction sets besides. */
export async function inSnapshot<T>(
  connections: Connections,
  settings: string,
  signal: Cancellation,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await attemptSnapshot(connections, settings, signal, work);
    } catch (error) {
      if (!(error instanceof ReplacedView)) throw error;
      if (attempt === maxAttempts) throw asGatewayError(Object.assign(error, { code: '55000' }));
    }
}

async function attemptSnapshot<T>(
  connections: Connections,
  settings: string,
  signal: Cancellation,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const client = await connections.connect(signal).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : asGatewayError(error);
  });
  const ask = askUntil(client, signal);
  let isSpoiled = true;
  try {
    await ask({ text: settings === '' ? begin : `${begin}; ${settings}` });
    const reader: Reader = {
      read: async <Row>(name: string, query: Compilable<Row>) => {
        const { text, values } = statementOf(name, query.compile());
        return (await ask({ text, values })) as Row[];
      },
    };
    const result = await work({ reader, openCursor: (name, query) => openCursor(ask, reader, name, query) });
    await ask({ text: 'commit' });
    isSpoiled = false;
    return result;
  } finally {
    // Whatever failed, the server ends the transaction with its connection.
    if (isSpoiled) destroyConnection(client);
    client.release(isSpoiled);
  }
}

async function openCursor(
  ask: AskForRows,
  reader: Reader,
  name: string,
  query: Compilable<unknown>,
): Promise<RowCursor> {
  const { text, values, relation } = statementOf(name, query.compile());
  await ask({ text: `declare rows_of_snapshot no scroll cursor for ${text}`, values });
  await requireSameStorage(reader, relation);
  return {
    fetch: async (count) =>
      (await ask({ text: `fetch ${count} from rows_of_snapshot`, rowMode: 'array' })) as RowValues[],
  };
}

/**
 * A view that is refreshed without CONCURRENTLY gets new storage, whose rows are visible to older snapshots, too. Now that
 * the cursor holds its lock, the storage that the snapshot sees in the catalog has to be the one that there is.
 */
async function requireSameStorage(reader: Reader, relation: string): Promise<void> {
  const query = {
    compile: () =>
      CompiledQuery.raw(
        `select relfilenode = pg_relation_filenode(oid) as "isSame" from pg_class where oid = to_regclass($1)`,
        [relation],
      ) as CompiledQuery<{ isSame: boolean | null }>,
  };
  const [storage] = await reader.read('snapshot.storage', query);
  if (storage?.isSame === false) throw new ReplacedView();
}
