import { defineConfig } from 'vitest/config';

/** The suites that need nats-server, etcd, kube-apiserver or kubectl (`node tools/servers.mjs` builds them): one file after another, so that they share them. */
export default defineConfig({
  test: {
    include: ['test/real/**/*.test.ts'],
    // Whoever sets CI gets colours; what is compared has none.
    env: { NO_COLOR: '1' },
    isolate: false,
    pool: 'threads',
    fileParallelism: false,
    setupFiles: ['test/support/setup.ts'],
    reporters: ['default', './test/support/count-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A dozen servers share two cores there. What needs a second try is named at the end.
    retry: process.env['CI'] ? 1 : 0,
  },
});
