import type { Compilable } from 'kysely';
import type { Database } from '../database.js';
import { codeOf } from '../failures/failures.js';
import type { Reader } from '../reader/reader.js';
import { statementOf } from '../reader/statement.js';
import type { Session } from '../session/session.js';
import type { RowCursor, Snapshot } from '../session/snapshot.js';
import type { DatabaseTrace, FollowedStatement, FollowedWork, Step } from './database-trace.js';

/** Follows what is asked in sessions, transactions and snapshots. */
export function traceSessions<Traced extends Pick<Database, 'session' | 'transaction' | 'snapshot'>>(
  trace: DatabaseTrace,
  database: Traced,
): Traced {
  const within =
    (open: Database['session']): Database['session'] =>
    (work) => {
      const followed = trace.current();
      if (!followed) return open(work);
      const wait = followed.wait();
      return ending(
        wait,
        open((session) => {
          wait.end();
          return work(tracedSession(followed, session));
        }),
      );
    };
  return {
    ...database,
    session: within(database.session),
    transaction: within(database.transaction),
    snapshot: async (signal, work) => {
      const followed = trace.current();
      if (!followed) return database.snapshot(signal, work);
      const wait = followed.wait();
      return ending(
        wait,
        database.snapshot(signal, async (snapshot) => {
          wait.end();
          const cursors: TracedCursor[] = [];
          try {
            return await work(tracedSnapshot(followed, snapshot, cursors));
          } finally {
            for (const cursor of cursors) cursor.end();
          }
        }),
      );
    },
  };
}

/** Ends a step with the failure of what it is part of; what it had ended before stays. */
async function ending<T>(
  step: Step,
  result: Promise<T>,
  rowsOf: (result: T) => number = () => 0,
): Promise<T> {
  try {
    const given = await result;
    step.end(rowsOf(given));
    return given;
  } catch (error) {
    step.fail(codeOf(error));
    throw error;
  }
}

function tracedSession(followed: FollowedWork, session: Session): Session {
  return {
    ...session,
    reader: tracedReader(followed, session.reader),
    query: (text, values) =>
      ending(
        followed.statement(describeSql(text, values)),
        session.query(text, values),
        ({ rows }) => rows?.length ?? 0,
      ),
    copyInto: (table, columns, chunks) =>
      ending(
        followed.statement({ name: 'COPY', text: null, relation: table }),
        session.copyInto(table, columns, chunks),
        (rows) => rows,
      ),
  };
}

function tracedReader(followed: FollowedWork, reader: Reader): Reader {
  return {
    read: <Row>(name: string, query: Compilable<Row>) =>
      ending(
        followed.statement(statementOf(name, query.compile())),
        reader.read(name, query),
        (rows) => rows.length,
      ),
  };
}

function tracedSnapshot(followed: FollowedWork, snapshot: Snapshot, cursors: TracedCursor[]): Snapshot {
  return {
    reader: tracedReader(followed, snapshot.reader),
    async openCursor(name, query) {
      const step = followed.statement(statementOf(name, query.compile()));
      const cursor = await snapshot.openCursor(name, query).catch((error: unknown) => {
        step.fail(codeOf(error));
        throw error;
      });
      const traced = new TracedCursor(cursor, step);
      cursors.push(traced);
      return traced;
    },
  };
}

/** One step for all pieces of a cursor, of which there may be thousands; the reader's own time is in it. */
class TracedCursor implements RowCursor {
  readonly #cursor: RowCursor;
  readonly #step: Step;
  #rows = 0;

  constructor(cursor: RowCursor, step: Step) {
    this.#cursor = cursor;
    this.#step = step;
  }

  async fetch(count: number) {
    try {
      const rows = await this.#cursor.fetch(count);
      this.#rows += rows.length;
      return rows;
    } catch (error) {
      this.#step.fail(codeOf(error));
      throw error;
    }
  }

  end(): void {
    this.#step.end(this.#rows);
  }
}

/**
 * What is told of SQL that was written out: the function that it calls, or its first word. Its text only where its values
 * are apart from it.
 */
function describeSql(text: string, values: readonly unknown[] | undefined): FollowedStatement {
  const called = /^\s*select ([a-z_]+(?:\.[a-z_]+)?)\(/i.exec(text)?.[1];
  const name = called ?? /^\s*([a-z]+)/i.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
  return { name, text: values === undefined ? null : text, relation: name };
}
