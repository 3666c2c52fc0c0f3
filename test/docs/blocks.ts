import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  /** Of its first line, from 1 on. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** All fenced blocks of the pages that people read, in their order. */
export function listBlocks(root: string): Block[] {
  const pages = [
    'README.md',
    'examples/README.md',
    'ops/README.md',
    ...readdirSync(path.join(root, 'docs'))
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  ];
  return pages.flatMap((page) => blocksOf(page, readFileSync(path.join(root, page), 'utf8')));
}

function blocksOf(page: string, text: string): Block[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    page,
    line: text.slice(0, match.index).split('\n').length + 1,
    language: match[1] ?? '',
    text: match[2] ?? '',
  }));
}
