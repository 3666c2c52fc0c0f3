import type pg from 'pg';
import { serialize } from 'pg-protocol';
import type { OnError, OnRows } from './ask.js';
import type { DriverConnection } from './driver.js';
import type { RowReader } from './row-client.js';
import { valueTypes } from './values.js';

/** A statement that the server prepares under its name; its values are such as `parameterTexts` takes. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | null)[];
}

interface DescribedColumn {
  readonly name: string;
  readonly dataTypeID: number;
}

/** The columns of a statement's rows, as its connection has described them. */
interface Shape {
  readonly names: readonly string[];
  /** Null for a text that stays one. */
  readonly parsers: readonly (((text: string) => unknown) | null)[];
}

const shapes = new WeakMap<DriverConnection, Map<string, Shape>>();
const unparsed = new Set([18, 25, 1042, 1043, 1700]);
const execution = Buffer.concat([serialize.execute({}), serialize.sync()]);

/**
 * Asks a connection for the rows of a prepared statement. Describes them only the first time, and sends Bind, Execute and
 * Sync in one piece: for a small statement this is the larger part of the work. The driver takes it for one of its own
 * queries, so everything else is done as the driver does it.
 */
export function askPrepared(
  client: pg.ClientBase,
  statement: PreparedStatement,
  onRows: OnRows,
  onError: OnError,
): void {
  client.query(new Prepared(statement, onRows, onError));
}

/** One asking. Whatever the driver hears while it is its turn, it hands on by these methods. */
class Prepared implements pg.Submittable, RowReader {
  /** The driver keeps the name with the connection once the server knows it. */
  readonly name: string;
  readonly text: string;
  readonly #values: readonly (string | null)[];
  readonly #onRows: OnRows;
  readonly #onError: OnError;
  readonly #rows: unknown[] = [];
  #wire: DriverConnection | null = null;
  #shape: Shape | null = null;
  #unreadable: unknown = null;

  constructor({ name, text, values }: PreparedStatement, onRows: OnRows, onError: OnError) {
    this.name = name;
    this.text = text;
    this.#values = values;
    this.#onRows = onRows;
    this.#onError = onError;
  }

  submit(connection: unknown): null {
    const wire = connection as DriverConnection;
    const { name, text } = this;
    this.#wire = wire;
    wire.rowReader = this;
    this.#shape = shapes.get(wire)?.get(name) ?? null;
    if (this.#shape && wire.parsedStatements[name] === text) {
      const binding = serialize.bind({ statement: name, values: this.#values as string[] });
      wire.stream.write(Buffer.concat([binding, execution]));
      return null;
    }
    this.#shape = null;
    wire.stream.cork();
    if (wire.parsedStatements[name] !== text) {
      // The server may know it still, from before it was forgotten here.
      wire.close({ type: 'S', name });
      wire.parse({ name, text });
    }
    wire.bind({ statement: name, values: this.#values });
    wire.describe({ type: 'P', name: '' });
    wire.execute({});
    wire.sync();
    wire.stream.uncork();
    return null;
  }

  handleRowDescription({ fields }: { readonly fields: readonly DescribedColumn[] }): void {
    const shape = {
      names: fields.map((field) => field.name),
      parsers: fields.map(({ dataTypeID }) =>
        unparsed.has(dataTypeID)
          ? null
          : (valueTypes.getTypeParser(dataTypeID, 'text') as Shape['parsers'][0]),
      ),
    };
    const wire = this.#wire as DriverConnection;
    const known = shapes.get(wire) ?? new Map<string, Shape>();
    shapes.set(wire, known.set(this.name, shape));
    this.#shape = shape;
  }

  /** Only where the client does not hand rows over as they came. */
  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const { names, parsers } = this.#shape as Shape;
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++)
      row[names[index] as string] = parsed(fields[index] as string | null, parsers[index] ?? null);
    this.#rows.push(row);
  }

  readRow(bytes: Buffer, start: number, end: number): void {
    const { names, parsers } = this.#shape as Shape;
    const row: Record<string, unknown> = {};
    // One string for all fields; where it holds more than plain letters, each is made from its bytes.
    const whole = bytes.toString('latin1', start, end);
    const isPlain = !beyondAscii.test(whole);
    let at = start + 2;
    try {
      for (let index = 0; index < names.length; index++) {
        const length = bytes.readInt32BE(at);
        at += 4;
        let text: string | null = null;
        if (length >= 0) {
          text = isPlain
            ? whole.substring(at - start, at - start + length)
            : bytes.toString('utf8', at, at + length);
          at += length;
        }
        row[names[index] as string] = parsed(text, parsers[index] ?? null);
      }
    } catch (error) {
      this.#unreadable = error;
    }
    this.#rows.push(row);
  }

  handleReadyForQuery(): void {
    this.#stopReading();
    if (this.#unreadable) this.#onError(this.#unreadable);
    else this.#onRows(this.#rows);
  }

  handleError(error: unknown): void {
    this.#stopReading();
    if (isOutdatedPlan(error) && this.#wire) {
      delete this.#wire.parsedStatements[this.name];
      shapes.get(this.#wire)?.delete(this.name);
    }
    this.#onError(error);
  }

  #stopReading(): void {
    if (this.#wire?.rowReader === this) this.#wire.rowReader = null;
  }

  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: lengths stand between the fields
const beyondAscii = /[^\u0000-\u007f]/;

function parsed(text: string | null, parse: Shape['parsers'][0]): unknown {
  return text === null || parse === null ? text : parse(text);
}

/** Whether what a statement reads was made anew since it was prepared, with other columns; asked again, it is prepared again. */
export function isOutdatedPlan(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '0A000';
}

/** Values as the texts that they are sent as; null where one has no such text here, and the driver has to find it. */
export function parameterTexts(values: readonly unknown[]): (string | null)[] | null {
  const texts: (string | null)[] = [];
  for (const value of values) {
    const text = Array.isArray(value) ? arrayText(value) : scalarText(value);
    if (text === undefined) return null;
    texts.push(text);
  }
  return texts;
}

function scalarText(value: unknown): string | null | undefined {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? undefined : String(value);
}

function arrayText(items: readonly unknown[]): string | undefined {
  const texts: string[] = [];
  for (const item of items) {
    const text = scalarText(item);
    if (text === undefined) return undefined;
    texts.push(text === null ? 'NULL' : `"${text.replace(/[\\"]/g, '\\$&')}"`);
  }
  return `{${texts.join(',')}}`;
}
