import { defineConfig } from 'vitest/config';

export default defineConfig({
  // One copy of graphql-js, the one that Node itself resolves; two would not know each other's types.
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      { find: /^mycelix-analytics\/(client.*)$/, replacement: `${import.meta.dirname}/src/$1/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['reflect-metadata'],
    // What ends a wait for something that never happens; nothing here is a promise about speed.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000, interval: 50 } },
    maxWorkers: 2,
  },
});
