import type { Queue } from '../queue/queue.ts';

/** So many are listed. */
const most = 100;

/** The jobs that failed at every try, as text for whoever runs the App. With `retry` they wait again instead. */
export async function deadLetters(queue: Queue, action: string | undefined): Promise<string> {
  if (action === 'retry') return `dead letters that are tried again: ${await queue.retryDeadLetters()}\n`;
  if (action !== undefined) throw new Error(`"${action}" is nothing to do with dead letters; say "retry", or nothing`);
  const letters = await queue.deadLetters(most);
  if (letters.length === 0) return 'there are no dead letters\n';
  const lines = letters.map(({ job, tries, error, diedAt }) => {
    return `${diedAt.toISOString()}  ${job.key}  ${job.id}  tries: ${tries}  ${error}`;
  });
  return `${lines.join('\n')}\n`;
}
