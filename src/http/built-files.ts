import { hash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress, gzip } from 'node:zlib';
import type { Encoding, Representation } from '../cache/body.js';

/** A file of the pages, as it can be sent. */
export interface BuiltFile {
  /** Below the folder, with `/`. */
  readonly name: string;
  readonly contentType: string;
  /** The bytes in an encoding; as they are, where the build found nothing to compress. */
  read(encoding: Encoding): Promise<Representation>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

const compressed = '.br';

/**
 * Lists what was built into a folder; nothing when there is no such folder. What can be asked for is settled here, so
 * no path that a client sends is ever looked up on the disk.
 */
export function listBuiltFiles(folder: string): BuiltFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    const isCompressed = file.endsWith(compressed);
    const name = isCompressed ? file.slice(0, -compressed.length) : file;
    const contentType = contentTypes[path.extname(name)];
    if (!contentType) return [];
    return [builtFile(path.join(folder, file), isCompressed, name.split(path.sep).join('/'), contentType)];
  });
}

function builtFile(place: string, isCompressed: boolean, name: string, contentType: string): BuiltFile {
  // Each form is made once, by whoever asks for it first, and everybody else waits for that one.
  const read = new Map<Encoding, Promise<Representation>>();
  return {
    name,
    contentType,
    read(encoding) {
      const sent = isCompressed ? encoding : 'identity';
      const known = read.get(sent);
      if (known) return known;
      const made = bytesOf(place, sent, isCompressed).then((bytes) => ({
        encoding: sent,
        bytes,
        etag: `"${hash('sha256', bytes, 'base64url').slice(0, 27)}"`,
      }));
      made.catch(() => read.delete(sent));
      read.set(sent, made);
      return made;
    },
  };
}

async function bytesOf(place: string, encoding: Encoding, isCompressed: boolean): Promise<Buffer> {
  const stored = await readFile(place);
  if (!isCompressed || encoding === 'br') return stored;
  const plain = await promisify(brotliDecompress)(stored);
  return encoding === 'gzip' ? promisify(gzip)(plain) : plain;
}
