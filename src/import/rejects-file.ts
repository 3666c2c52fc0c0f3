import { appendFile, rm, writeFile } from 'node:fs/promises';
import { joinRecord } from './csv/split.js';
import { rejectionColumns } from './header.js';
import type { Rejection } from './rows.js';

/** Where rows go that were not taken. There is no file as long as there are none. */
export interface RejectsFile {
  readonly path: string;
  add(rejections: readonly Rejection[]): Promise<void>;
}

/** A file of an earlier import of the same name is removed: it would tell of rows that are not meant. */
export async function openRejectsFile(path: string, header: readonly string[]): Promise<RejectsFile> {
  await rm(path, { force: true });
  // Rows that were rejected before keep neither their old line nor their old reason.
  const kept = header.flatMap((name, index) => (rejectionColumns.includes(name.trim()) ? [] : [index]));
  let isBegun = false;
  return {
    path,
    async add(rejections) {
      if (rejections.length === 0) return;
      if (!isBegun)
        await writeFile(path, joinRecord([...rejectionColumns, ...kept.map((index) => header[index]!)]));
      isBegun = true;
      const lines = [...rejections]
        .sort((left, right) => left.record.line - right.record.line)
        .map(({ record, reason }) =>
          joinRecord([record.line, reason, ...kept.map((index) => record.fields[index]!)]),
        );
      await appendFile(path, lines.join(''));
    },
  };
}
