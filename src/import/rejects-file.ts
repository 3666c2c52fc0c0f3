import { appendFile, rm, writeFile } from 'node:fs/promises';
import { joinRecord, splitRecord } from './csv/split.js';
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
        .sort((left, right) => left.line - right.line)
        .map(({ line, reason, text }) => joinRecord([line, reason, ...fieldsOf(text)]));
      await appendFile(path, lines.join(''));
    },
  };

  /** A row that cannot be split into its columns stands whole in the first of them. */
  function fieldsOf(text: string): string[] {
    const split = splitRecord(text);
    if (typeof split !== 'string' && split.length === header.length)
      return kept.map((index) => split[index]!);
    return kept.map((_, index) => (index === 0 ? text : ''));
  }
}
