import type { Database } from '../database/database.js';

/** One word of the command line, such as `seed`. */
export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** Further paragraphs for `--help` of this command. */
  readonly details?: string;
  /** The word behind the command, where it takes one. */
  readonly operand?: Operand;
  readonly options: readonly Option[];
  /** @returns the exit code. */
  run(values: OptionValues, context: CliContext): Promise<number>;
}

/** A word without dashes. */
export interface Operand {
  /** What stands for it in the help, such as `NAME`; its value is found under that name. */
  readonly name: string;
  readonly description: string;
  /** @throws UsageError when the word does not fit, or is missing. */
  parse(word: string | undefined): unknown;
}

export interface Option {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for the value in the help, such as `N`; absent for a flag. */
  readonly value?: string;
  readonly description: string;
  readonly default?: string;
  /** @throws UsageError when the text does not fit. */
  parse?(text: string): unknown;
}

export type OptionValues = Readonly<Record<string, unknown>>;

/** What a command may use of the outside. */
export interface CliContext {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream & { isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { isTTY?: boolean };
  /** Opens the database that the environment names, and migrates it. The command closes it. */
  openDatabase(): Promise<Database>;
  /** Aborts at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  now(): Date;
}

/** Words that the command line does not know or cannot read: one line, exit code 2. */
export class UsageError extends Error {}

/** Reads a whole number within bounds. */
export function wholeNumber(name: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new UsageError(
        `--${name}: expected a whole number from ${least} to ${most}, got ${JSON.stringify(text)}`,
      );
    return number;
  };
}
