import { readFileSync } from 'node:fs';

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** The version of a dependency that package.json asks for, and the one that is installed. */
export function versionsOf(name: string): { readonly asked: string; readonly installed: string } {
  return {
    asked: read('package.json').dependencies[name],
    installed: read(`node_modules/${name}/package.json`).version,
  };
}
