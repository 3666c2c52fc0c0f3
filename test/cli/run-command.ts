import { PassThrough, Readable } from 'node:stream';
import type { CliContext, Command, OptionValues } from '../../src/cli/command.js';
import type { Database } from '../../src/database/database.js';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly stdin?: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  readonly signal?: AbortSignal;
  readonly now?: Date;
  readonly isTTY?: boolean;
}

/** Runs a command on a database that stays open, and collects what it prints. What it throws is thrown here. */
export async function runCommand(
  command: Command,
  database: Database,
  given: OptionValues,
  { stdin = [], signal, now = new Date(), isTTY = false }: Surroundings = {},
): Promise<CommandResult> {
  const stdout = collect(isTTY);
  const stderr = collect(isTTY);
  const context: CliContext = {
    env: {},
    stdin: Readable.from(stdin),
    stdout: stdout.stream,
    stderr: stderr.stream,
    openDatabase: async () => ({ ...database, close: async () => {} }),
    signal: signal ?? new AbortController().signal,
    now: () => now,
  };
  const code = await command.run(given, context);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collect(isTTY: boolean) {
  const pieces: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (piece) => pieces.push(String(piece)));
  return { stream: Object.assign(stream, { isTTY }), text: () => pieces.join('') };
}
