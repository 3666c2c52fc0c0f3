import { constants, createWriteStream } from 'node:fs';
import { access, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Chunk } from '../../export/formats/format.js';
import { UsageError } from '../command.js';

export interface OutputOptions {
  readonly signal: AbortSignal;
  readonly onChunk: () => void;
}

/** @throws UsageError when the file could not be written */
export async function requireWritable(file: string): Promise<void> {
  const folder = path.dirname(file);
  await access(folder, constants.W_OK).catch(() => {
    throw new UsageError(`--out: expected a folder that can be written to, got ${JSON.stringify(folder)}`);
  });
  const isFolder = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw new UsageError(`--out: expected a file, got the folder ${JSON.stringify(file)}`);
}

/**
 * Writes chunks to a file, or to the standard output where that is null, as fast as it takes them. The file stands under
 * another name until it is complete.
 */
export async function writeOutput(
  chunks: AsyncIterable<Chunk>,
  file: string | null,
  stdout: NodeJS.WritableStream,
  { signal, onChunk }: OutputOptions,
): Promise<void> {
  const watched = async function* () {
    for await (const chunk of chunks) {
      onChunk();
      yield chunk;
    }
  };
  if (file === null) {
    await pipeline(watched, stdout, { signal, end: false });
    return;
  }
  const unfinished = `${file}.part`;
  try {
    await pipeline(watched, createWriteStream(unfinished), { signal });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
