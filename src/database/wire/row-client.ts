import { EventEmitter } from 'node:events';
import pg from 'pg';
import { type DriverConnection, driverOf } from './driver.js';

/** Takes rows as they came over the wire. */
export interface RowReader {
  /** `bytes` from `start` to `end` are one row: the number of its fields, and each with its length before it. */
  readRow(bytes: Buffer, start: number, end: number): void;
}

/**
 * A client whose queries may read their rows themselves. The driver makes a string of each field by itself, which is most
 * of what reading a long list costs; whoever takes a row whole can do with one. All else goes to the driver as it came.
 */
export class RowClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const { connection } = driverOf(this);
    const attach = connection.attachListeners;
    connection.attachListeners = (stream) => {
      const others = new EventEmitter();
      attach.call(connection, others);
      stream.on(
        'data',
        rowSplitter(connection, (bytes) => void others.emit('data', bytes)),
      );
    };
  }
}

const rowCode = 'D'.charCodeAt(0);
const readyCode = 'Z'.charCodeAt(0);
/** A letter for the kind of a message, and its length. */
const headLength = 5;

/** Hands rows to who takes them on a connection, and everything else on to `forward`, in the order in which it came. */
export function rowSplitter(
  connection: Pick<DriverConnection, 'rowReader'>,
  forward: (bytes: Buffer) => void,
): (chunk: Buffer) => void {
  /** The beginning of a message that has not come whole. */
  let begun: Buffer | null = null;
  /** How much is still to come of a message whose beginning was forwarded. */
  let owed = 0;
  return (chunk) => {
    const bytes: Buffer = begun ? Buffer.concat([begun, chunk]) : chunk;
    begun = null;
    let at = Math.min(owed, bytes.length);
    owed -= at;
    /** What comes from here on has not been forwarded. */
    let from = 0;
    /** Whether something in there may end a turn, so that the next row is somebody else's. */
    let endsTurn = at > 0;
    const forwardUntil = (end: number) => {
      if (end > from) forward(from === 0 && end === bytes.length ? bytes : bytes.subarray(from, end));
      from = end;
      endsTurn = false;
    };
    while (at + headLength <= bytes.length) {
      const code = bytes[at];
      const end = at + 1 + bytes.readUInt32BE(at + 1);
      let reader: RowReader | null | undefined = null;
      if (code === rowCode && (connection.rowReader || endsTurn)) {
        // What comes before a row says what it is, or whose.
        forwardUntil(at);
        reader = connection.rowReader;
      }
      if (end > bytes.length) {
        if (reader) break;
        forwardUntil(bytes.length);
        owed = end - bytes.length;
        return;
      }
      if (reader) {
        reader.readRow(bytes, at + headLength, end);
        from = end;
      } else if (code === readyCode) endsTurn = true;
      at = end;
    }
    forwardUntil(at);
    if (at < bytes.length) begun = bytes.subarray(at);
  };
}
