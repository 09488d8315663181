import type { OpenedFiles } from '../core/reading/opened-files.ts';
import { runOf } from '../core/reading/read-run.ts';
import { hubConfigUrl, unknownModelOf } from '../core/hub-model.ts';
import type { FileContent } from '../core/source-file.ts';
import { createHub, type Hub } from '../hub/hugging-face.ts';

/** Models that one change may have looked up: a fork chooses their names. */
const mostModels = 10;

/** One for the process, so that answers are kept. */
export const theHub = createHub();

/**
 * Adds the `config.json` of the models that configs name and that nothing else describes, from the Hugging Face Hub.
 * Call it only where the policy allows it. What can't be had is unreadable, with the reason.
 */
export async function readHubModels(files: OpenedFiles, configs: readonly string[], hub: Hub = theHub): Promise<void> {
  const urls = new Set<string>();
  for (const path of configs) {
    const { run } = runOf(path, files);
    const id = run === null ? null : unknownModelOf(run.facts);
    const url = id === null ? null : hubConfigUrl(id);
    if (url !== null) urls.add(url);
  }
  const answers = [...urls].map(
    async (url, index) => [url, index < mostModels ? await hub(url) : beyondBounds] as const,
  );
  for (const [url, content] of await Promise.all(answers)) files.add(url, content);
}

const beyondBounds: FileContent = { unreadable: `is not asked for: at most ${mostModels} models are looked up` };
