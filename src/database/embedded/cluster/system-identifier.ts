import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32c } from './crc32c.js';

/** Where the identifier stands in pg_control, and in the first page of each segment of the write-ahead log. */
const inControlFile = 0;
const inLogSegment = 24;

/**
 * Gives a cluster that was shut down an identifier of its own, as initdb would have. By it the engine tells whether the
 * transaction ids that it remembers belong to this cluster.
 * @throws Error when the files are not as expected.
 */
export function renewSystemIdentifier(folder: string): void {
  const controlFile = path.join(folder, 'global', 'pg_control');
  const control = readFileSync(controlFile);
  const checksumAt = findChecksum(control);
  const before = control.readBigUInt64LE(inControlFile);
  const identifier = drawIdentifier();
  const log = path.join(folder, 'pg_wal');
  for (const entry of readdirSync(log, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const segment = readFileSync(path.join(log, entry.name));
    if (segment.readBigUInt64LE(inLogSegment) !== before) throw new Error(`unexpected log ${entry.name}`);
    segment.writeBigUInt64LE(identifier, inLogSegment);
    writeFileSync(path.join(log, entry.name), segment);
  }
  control.writeBigUInt64LE(identifier, inControlFile);
  control.writeUInt32LE(crc32c(control.subarray(0, checksumAt)), checksumAt);
  writeFileSync(controlFile, control);
}

/** The checksum follows all that it covers, so it is found without knowing what the file holds in this version. */
function findChecksum(control: Buffer): number {
  for (let at = 128; at <= 512; at += 4)
    if (control.readUInt32LE(at) === crc32c(control.subarray(0, at))) return at;
  throw new Error('no checksum in pg_control');
}

/** As initdb does, from the time and something that others do not have at this second. */
function drawIdentifier(): bigint {
  return (BigInt(Math.floor(Date.now() / 1000)) << 32n) | BigInt(randomBytes(4).readUInt32LE());
}
