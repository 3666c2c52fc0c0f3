import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { PGliteOptions } from '@electric-sql/pglite';

/** What WebAssembly has compiled. Not every program that types this file knows it by another name. */
type Compiled = NonNullable<PGliteOptions['pgliteWasmModule']>;

/** It is part of Node.js, whose types leave it out. */
const { WebAssembly: compiler } = globalThis as unknown as {
  readonly WebAssembly: { compile(program: Uint8Array): Promise<Compiled> };
};

let compiled: Promise<Compiled> | undefined;

/**
 * PGlite's program, compiled once for the whole process. That takes threads of its own, so a start that asks for it early has
 * it done while it loads everything else.
 */
export function compiledPglite(): Promise<Compiled> {
  compiled ??= compile().catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}

async function compile(): Promise<Compiled> {
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return compiler.compile(await readFile(path.join(path.dirname(pglite), 'pglite.wasm')));
}
