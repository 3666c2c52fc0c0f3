import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const left = new Set(['node_modules', 'dist', '.git', '.data', '.ci', 'bench']);

/** A copy of the repository in which pages are followed. */
export interface Copy {
  readonly folder: string;
  /**
   * Writes each block of code to the file that the page names last before it, and applies each `diff` to that file.
   * @returns the files that the page has its readers write or change.
   */
  follow(page: string): readonly string[];
  /** Runs a program of node_modules; gives what it printed, on either stream. */
  run(program: string, ...words: string[]): Promise<string>;
  remove(): void;
}

/** @param environment of the programs that are run there, beside that of this process. */
export function copyRepository(environment: Readonly<Record<string, string>> = {}): Copy {
  const folder = mkdtempSync(path.join(tmpdir(), 'follow-'));
  cpSync(root, folder, {
    recursive: true,
    filter: (source) => !left.has(path.basename(source)),
  });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return {
    folder,
    follow(page) {
      const files = new Set<string>();
      const text = readFileSync(path.join(root, page), 'utf8');
      let file = '';
      for (const [, prose = '', language = '', code = ''] of text.matchAll(
        /([\s\S]*?)^```(\w+)\n([\s\S]*?)^```$/gm,
      )) {
        file = [...prose.matchAll(/`((?:src|migrations)\/[\w./-]+\.\w+)`/g)].at(-1)?.[1] ?? file;
        if (language === 'sh') continue;
        const target = path.join(folder, file);
        mkdirSync(path.dirname(target), { recursive: true });
        if (language === 'diff') writeFileSync(target, applied(code, readFileSync(target, 'utf8'), file));
        else writeFileSync(target, code);
        files.add(file);
      }
      return [...files];
    },
    async run(program, ...words) {
      const command = path.join(folder, 'node_modules/.bin', program);
      const { VITEST: _vitest, ...env } = process.env;
      const ran = promisify(execFile)(command, words, {
        cwd: folder,
        env: { ...env, ...environment },
        maxBuffer: 2 ** 26,
      });
      const { stdout, stderr } = await ran.catch((error: { stdout: string; stderr: string }) => {
        throw new Error(`${program} ${words.join(' ')}:\n${error.stdout}\n${error.stderr}`);
      });
      return stdout + stderr;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The text with the lines of a diff replaced, which have to be there once. */
function applied(diff: string, text: string, file: string): string {
  const lines = diff.split('\n').slice(0, -1);
  const linesOf = (sign: string) =>
    lines
      .flatMap((line) => (line.startsWith(' ') || line.startsWith(sign) ? [line.slice(1)] : []))
      .join('\n');
  const before = linesOf('-');
  if (text.split(before).length !== 2)
    throw new Error(`Expected these lines once in ${file}, found them otherwise:\n${before}`);
  return text.replace(before, () => linesOf('+'));
}
