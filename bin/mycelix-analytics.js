#!/usr/bin/env node
// Stands beside what is built, so that npm finds the command in a clone that is not built yet.
import { existsSync } from 'node:fs';

const program = new URL('../dist/main.js', import.meta.url);
if (existsSync(program)) await import(program.href);
else {
  process.stderr.write(
    'mycelix-analytics: expected it to be built, found no dist/main.js. Run `npm run build` first.\n',
  );
  process.exitCode = 1;
}
