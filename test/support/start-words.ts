import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** What `npm start` runs, without `node`: the words for a gateway in a process of its own. */
export const startWords: readonly string[] = scripts.start.split(' ').slice(1);

/** What `mycelix-analytics migrate` runs, without `node`. */
export const migrateWords: string[] = ['dist/main.js', 'migrate'];

/** Those of them that are for Node.js. */
export const nodeFlags: readonly string[] = startWords.filter((word) => word.startsWith('--'));
