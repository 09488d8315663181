import { readRun } from '../core/reading/read-run.ts';
import { hubConfigUrl, unknownModelOf } from '../core/hub-model.ts';
import { textsOf, type FileContent, type SourceFile } from '../core/source-file.ts';
import type { Policy } from '../core/policy/policy.ts';
import { createHub, type Hub } from '../hub/hugging-face.ts';

/** Models that one change may have looked up: a fork chooses their names. */
const mostModels = 10;

/** One for the process, so that answers are kept. */
export const theHub = createHub();

/**
 * The `config.json` of the models that configs name and that nothing else describes, from the Hugging Face Hub. Call it
 * only where the policy allows it. What can't be had is unreadable, with the reason.
 */
export async function readHubModels(
  configs: ReadonlyMap<string, FileContent>,
  referenced: readonly SourceFile[],
  own: Policy['formats'],
  hub: Hub = theHub,
): Promise<readonly SourceFile[]> {
  const texts = textsOf(referenced);
  const urls = new Set<string>();
  for (const [path, content] of configs) {
    const { run } = 'text' in content ? readRun(path, content.text, texts, new Map(), own) : { run: null };
    const id = run === null ? null : unknownModelOf(run.facts);
    const url = id === null ? null : hubConfigUrl(id);
    if (url !== null) urls.add(url);
  }
  const asked = [...urls];
  return Promise.all(
    asked.map(async (path, index) => ({ path, content: index < mostModels ? await hub(path) : beyondBounds })),
  );
}

const beyondBounds: FileContent = { unreadable: `is not asked for: at most ${mostModels} models are looked up` };
