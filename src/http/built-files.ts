import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Encoding, Representation } from '../cache/body.js';

/** A file of the pages, as it can be sent. */
export interface BuiltFile {
  /** Below the folder, with `/`. */
  readonly name: string;
  readonly contentType: string;
  /** The bytes in an encoding, or as they are where the build left no such form. */
  read(encoding: Encoding): Representation;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

const suffixes = { br: '.br', gzip: '.gz', identity: '' } as const;

/**
 * Lists what was built into a folder; nothing when there is no such folder. What can be asked for is settled here, so
 * no path that a client sends is ever looked up on the disk.
 */
export function listBuiltFiles(folder: string): BuiltFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    const contentType = contentTypes[path.extname(file)];
    return contentType ? [builtFile(folder, file, contentType)] : [];
  });
}

function builtFile(folder: string, file: string, contentType: string): BuiltFile {
  const read = new Map<Encoding, Representation>();
  return {
    name: file.split(path.sep).join('/'),
    contentType,
    read(encoding) {
      const known = read.get(encoding);
      if (known) return known;
      const place = path.join(folder, file + suffixes[encoding]);
      if (encoding !== 'identity' && !existsSync(place)) return this.read('identity');
      const bytes = readFileSync(place);
      const etag = `"${hash('sha256', bytes, 'base64url').slice(0, 27)}"`;
      const representation = { encoding, bytes, etag };
      read.set(encoding, representation);
      return representation;
    },
  };
}
