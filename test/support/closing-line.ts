import type { Reporter, TestModule } from 'vitest/node';

/** Prints the line that continuous integration reads, after everything else: `N passed, N failed`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const states = tests.map((test) => test.result().state);
    const passed = states.filter((state) => state === 'passed').length;
    const skipped = states.filter((state) => state === 'skipped').length;
    // A file that does not load, or whose preparation fails, may have no test that fails: it counts as one failure, as does
    // an error outside a test.
    const broken = modules.filter((module) => module.state() === 'failed' && !hasFailedTest(module)).length;
    const failed = states.filter((state) => state === 'failed').length + broken + unhandledErrors.length;
    const line = `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
    process.on('exit', () => {
      process.stdout.write(`\n${line}\n`);
    });
  }
}

function hasFailedTest(module: TestModule): boolean {
  return [...module.children.allTests('failed')].length > 0;
}
