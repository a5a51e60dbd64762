import { defineConfig } from 'vitest/config';

/** What runs anywhere: Node, npm and git are enough. The suites on real servers have a configuration of their own. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/real/**'],
    // Whoever sets CI gets colours; what is compared has none.
    env: { NO_COLOR: '1' },
    isolate: false,
    pool: 'threads',
    setupFiles: ['test/support/setup.ts'],
    reporters: ['default', './test/support/count-reporter.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Programs are started there on two busy cores. What needs a second try is named at the end, with what went wrong at the first.
    retry: process.env['CI'] ? 1 : 0,
  },
});
