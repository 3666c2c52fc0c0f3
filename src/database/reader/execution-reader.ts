import type { Compilable } from 'kysely';
import type { Execution } from '../execution/execution.js';
import type { ReadPromise } from './read.js';
import type { Reader } from './reader.js';
import { statementOf } from './statement.js';

/** Reads for one execution. Made for each, so it holds two references and copies nothing. */
export class ExecutionReader implements Reader {
  readonly #read: ReadPromise;
  readonly #execution: Execution;

  constructor(read: ReadPromise, execution: Execution) {
    this.#read = read;
    this.#execution = execution;
  }

  read<Row>(name: string, query: Compilable<Row>): Promise<Row[]> {
    return this.#read(statementOf(name, query.compile()), this.#execution) as Promise<Row[]>;
  }
}
