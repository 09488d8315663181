import { run } from './run.ts';

// Timers of libraries must not keep the process after it was asked to stop
process.exit(await run());
