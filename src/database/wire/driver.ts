import type { EventEmitter } from 'node:events';
import type pg from 'pg';
import type { RowReader } from './row-client.js';

/**
 * What is used of the driver's connection that it does not document. Nothing outside of this folder knows of it, the
 * driver is pinned to one version, and test/database/driver-contract.test.ts says when it changes.
 */
export interface DriverConnection {
  readonly stream: DriverStream;
  /** The texts of prepared statements, by name. */
  readonly parsedStatements: Record<string, string>;
  attachListeners(stream: EventEmitter): void;
  close(what: { readonly type: 'S'; readonly name: string }): void;
  parse(statement: { readonly name: string; readonly text: string }): void;
  bind(statement: { readonly statement: string; readonly values: readonly unknown[] }): void;
  describe(what: { readonly type: 'P'; readonly name: string }): void;
  execute(what: object): void;
  sync(): void;
  /** Ours: takes the rows of the statement that is being answered; null where the driver is to read them itself. */
  rowReader?: RowReader | null;
}

export interface DriverStream {
  cork(): void;
  uncork(): void;
  write(bytes: Buffer): boolean;
  destroy(): void;
}

export interface DriverClient {
  readonly connection: DriverConnection;
  /** What the server, or a pooler in front of it, said in its greeting; null before. */
  readonly processID: number | null;
  readonly secretKey: number | null;
  readonly host: string;
  readonly port: number;
}

export function driverOf(client: pg.ClientBase): DriverClient {
  return client as unknown as DriverClient;
}
