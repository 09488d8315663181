import type { LocalGitHub } from '../local-github/local-github.ts';
import { until } from '../support/until.ts';

/** Waits until everything that happened on a GitHub was told to the App at `url`, and the App has done what follows. */
export async function untilIdle(github: LocalGitHub, url: string): Promise<void> {
  await until(
    'the App has nothing left to do',
    async () => {
      await github.webhooks.quiet();
      if (github.violations.length > 0) throw new Error(github.violations.join('\n'));
      const metrics = await (await fetch(`${url}/metrics`)).text();
      const counts = [...metrics.matchAll(/^scalegate_queue_jobs\{state="(?:waiting|delayed|active)"\} (\d+)$/gm)];
      if (counts.length !== 3) throw new Error(`The App tells nothing of its queue:\n${metrics}`);
      return counts.every(([, count]) => count === '0');
    },
    90_000,
  );
}
