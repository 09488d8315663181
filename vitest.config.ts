import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    coverage: { include: ['src/**/*.ts'], exclude: ['**/*.test.ts'], reporter: ['text-summary', 'html'] },
    setupFiles: ['./test/support/deterministic.ts'],
    testTimeout: 60_000,
    // Many tests wait for processes and servers, so that every core is worth a worker
    maxWorkers: '100%',
    // No module has a state that a test could leave behind: loading the sources anew for each file took a third of the time
    isolate: false,
  },
});
