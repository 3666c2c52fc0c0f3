import { defineConfig } from 'vitest/config';

export default defineConfig({
  // One copy of graphql-js, the one that Node itself resolves; two would not know each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['reflect-metadata'],
    // On a busy machine a deadline of a real database may pass once; what is broken fails again.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
});
