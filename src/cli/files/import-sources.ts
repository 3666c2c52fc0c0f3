import { constants, createReadStream, openSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { type CliContext, type OptionValues, UsageError } from '../command.js';

/** The tables in the order in which they are loaded: each refers to the one before. */
const tables = ['artists', 'songs', 'plays'] as const;

/** A file, or the standard input, that is to be imported. */
export interface Source {
  readonly option: (typeof tables)[number];
  /** For messages. */
  readonly name: string;
  /** In bytes; null for the standard input. */
  readonly size: number | null;
  readonly rejectsPath: string;
  readonly stream: Readable;
  /** What the stream gives. To be read once. */
  readonly pieces: AsyncIterable<Uint8Array | string>;
  bytesRead(): number;
}

/** @throws UsageError when no source is given, one cannot be read, or its rejected rows could not be written. */
export async function openSources(values: OptionValues, { stdin, signal }: CliContext): Promise<Source[]> {
  const given = tables.flatMap((option) => {
    const file = values[option];
    return typeof file === 'string' ? [{ option, file }] : [];
  });
  if (given.length === 0)
    throw new UsageError('expected at least one of --artists, --songs, --plays, got none');
  const piped = given.filter(({ file }) => file === '-').map(({ option }) => `--${option}`);
  if (piped.length > 1)
    throw new UsageError(`expected - for at most one file, got it for ${piped.join(' and ')}`);

  const checked = await Promise.all(given.map(({ option, file }) => checkSource(option, file)));
  return given.map(({ option, file }, index) => {
    const { size, isFifo } = checked[index]!;
    const stream = file === '-' ? (stdin as Readable) : isFifo ? openFifo(file) : createReadStream(file);
    addAbortSignal(signal, stream);
    // What fails is met by whoever reads; until somebody does, it must not end the process.
    stream.on('error', () => {});
    let bytes = 0;
    return {
      option,
      name: file === '-' ? 'stdin' : file,
      size,
      rejectsPath: rejectsPathOf(file),
      stream,
      pieces: counted(stream, (length) => {
        bytes += length;
      }),
      bytesRead: () => bytes,
    };
  });
}

function rejectsPathOf(file: string): string {
  return file === '-' ? 'stdin.rejected.csv' : `${file}.rejected.csv`;
}

/**
 * Opening a FIFO waits for a writer, and reading one for his words, in a thread that nothing can stop; a process whose
 * thread waits cannot end. As a socket it is waited for without a thread.
 */
function openFifo(file: string): Readable {
  return new Socket({
    fd: openSync(file, constants.O_RDONLY | constants.O_NONBLOCK),
    readable: true,
    writable: false,
  });
}

interface Checked {
  /** In bytes; null when nobody can know it. */
  readonly size: number | null;
  readonly isFifo: boolean;
}

async function checkSource(option: string, file: string): Promise<Checked> {
  const shown = JSON.stringify(file);
  const folder = path.dirname(rejectsPathOf(file));
  await access(folder, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return;
    throw new UsageError(
      `--${option}: expected a folder that rejected rows can be written to, got ${JSON.stringify(folder)}`,
    );
  });
  if (file === '-') return { size: null, isFifo: false };
  const stats = await access(file, constants.R_OK)
    .then(() => stat(file))
    .catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(
        `--${option}: expected a file that can be read, got ${shown} (${error.code ?? error.message})`,
      );
    });
  if (stats.isDirectory()) throw new UsageError(`--${option}: expected a file, got the folder ${shown}`);
  return { size: stats.isFile() ? stats.size : null, isFifo: stats.isFIFO() };
}

async function* counted(
  pieces: AsyncIterable<Uint8Array | string>,
  onPiece: (length: number) => void,
): AsyncGenerator<Uint8Array | string> {
  for await (const piece of pieces) {
    onPiece(piece.length);
    yield piece;
  }
}
