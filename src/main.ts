#!/usr/bin/env node
import 'reflect-metadata';
import { runCli } from './cli/run.js';
import { keepTickShape } from './memory.js';

keepTickShape();

const stopping = new AbortController();
// The first signal asks for a clean end, the second one does not ask.
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  });
// A reader that goes away, as `head` does, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stopping.signal,
  now: () => new Date(),
});
// An embedded database that has ended by itself leaves a timer of ten seconds behind.
if (process.exitCode !== 0) setTimeout(() => process.exit(), 500).unref();
