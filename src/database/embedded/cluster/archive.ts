import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** A path within the folder, and how many bytes the file has; null for a folder, which may be empty. */
type Entry = readonly [path: string, bytes: number | null];

const lengthBytes = 4;

/** All files and folders in a folder as one compressed text of bytes: the length of a list, the list, the contents. */
export function pack(folder: string): Buffer {
  const contents: Buffer[] = [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry): Entry => {
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      const name = path.relative(folder, file).split(path.sep).join('/');
      if (entry.isDirectory()) return [name, null];
      const content = readFileSync(file);
      contents.push(content);
      return [name, content.length];
    });
  const list = Buffer.from(JSON.stringify(entries));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(list.length);
  return gzipSync(Buffer.concat([length, list, ...contents]));
}

/** Writes what was packed into a folder, which must not exist. PostgreSQL insists that nobody else can read it. */
export function unpack(packed: Buffer, folder: string): void {
  const bytes = gunzipSync(packed);
  const listEnd = lengthBytes + bytes.readUInt32LE();
  const entries = JSON.parse(bytes.toString('utf8', lengthBytes, listEnd)) as Entry[];
  mkdirSync(folder, { mode: 0o700 });
  for (const [name, size] of entries)
    if (size === null) mkdirSync(path.join(folder, name), { recursive: true, mode: 0o700 });
  let position = listEnd;
  for (const [name, size] of entries) {
    if (size === null) continue;
    writeFileSync(path.join(folder, name), bytes.subarray(position, position + size), { mode: 0o600 });
    position += size;
  }
  if (position !== bytes.length) throw new Error(`expected ${position} bytes, got ${bytes.length}`);
}
