import { environment, environmentFile } from './environment.ts';
import { startApp } from './main.ts';
import { errorText } from './queue/error-text.ts';
import { setUp } from './set-up.ts';
import { lacksCredentials, readSettings } from './settings.ts';

const issues = 'https://github.com/scalegate/scalegate/issues';

/** Runs the App until the process is told to stop, and returns its exit status. */
export async function run(): Promise<number> {
  const stopped = untilStopped();
  try {
    const env = environment();
    // In production a missing credential is a mistake, and no invitation to bring one's own
    if (
      lacksCredentials(env) &&
      env['NODE_ENV'] !== 'production' &&
      !(await setUp(env, environmentFile, stopped.signal))
    )
      return 0;
    const app = await startApp({ settings: readSettings(environment()) });
    const status = await stopped.status;
    await app.stop();
    return status;
  } catch (error) {
    say(`scalegate can't run: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

/** 0 when the process is asked to stop, 1 after an error that nobody caught. A second signal ends it at once. */
function untilStopped(): { readonly status: Promise<number>; readonly signal: AbortSignal } {
  const controller = new AbortController();
  const status = new Promise<number>((resolve) => {
    const stop = (status: number) => {
      controller.abort();
      resolve(status);
    };
    process.once('SIGTERM', stop.bind(null, 0)).once('SIGINT', stop.bind(null, 0));
    for (const event of ['uncaughtException', 'unhandledRejection']) {
      process.on(event, (error: unknown) => {
        const places =
          error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
        say(
          [
            `scalegate stops after a mistake of its own; please report it at ${issues}`,
            errorText(error),
            ...places,
          ].join('\n'),
        );
        stop(1);
      });
    }
  });
  return { status, signal: controller.signal };
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
