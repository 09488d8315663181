// `npm run dead-letters [retry]`, in the environment of the App.
import { environment } from '../environment.ts';
import { openQueue } from '../queue/open-queue.ts';
import { readSettings } from '../settings.ts';
import { deadLetters } from './dead-letters.ts';

try {
  const queue = openQueue(readSettings(environment()).queue, {});
  try {
    process.stdout.write(await deadLetters(queue, process.argv[2]));
  } finally {
    await queue.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
