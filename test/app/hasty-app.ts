import { flushCompileCache } from 'node:module';
import { startApp } from '../../src/app/main.ts';
import { readSettings } from '../../src/app/settings.ts';

// Run by app-process.ts: what the local GitHub is asked and how long a killed process keeps its jobs need not take long.
await startApp({ settings: readSettings(process.env), writesApartMs: 0, leaseMs: 1000 });
// A process that is killed would not keep what it has compiled
flushCompileCache();
