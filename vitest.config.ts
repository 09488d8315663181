import { defineConfig } from 'vitest/config';

/** What starts servers, processes, bundlers or package managers: `npm run test:all` runs it, as CI does. */
const slow = [
  'test/app/**/*.test.ts',
  'test/bundles/**/*.test.ts',
  'test/local-github/**/*.test.ts',
  'test/release/**/*.test.ts',
  'test/site/**/*.test.ts',
  'test/cli/mcp.test.ts',
  'test/cli/process.test.ts',
  'src/app/queue/**/*.test.ts',
  'src/app/pacing/**/*.test.ts',
  'src/app/postgres/**/*.test.ts',
  'src/app/dead-letters/**/*.test.ts',
];

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    coverage: { include: ['src/**/*.ts'], exclude: ['**/*.test.ts'], reporter: ['text-summary', 'html'] },
    setupFiles: ['./test/support/deterministic.ts'],
    testTimeout: 60_000,
    // Many tests wait for processes and servers, so that every core is worth a worker
    maxWorkers: '100%',
    // No module has a state that a test could leave behind: loading the sources anew for each file took a third of the time
    isolate: false,
    projects: [
      { extends: true, test: { name: 'fast', include: ['src/**/*.test.ts', 'test/**/*.test.ts'], exclude: slow } },
      {
        extends: true,
        test: { name: 'slow', include: slow, globalSetup: './test/support/postgres-of-tests.ts' },
      },
    ],
  },
});
