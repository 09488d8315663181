import { findModel } from './catalog/model.ts';
import { modelFacts } from './formats/huggingface-model/model-facts.ts';
import type { OpenedFiles } from './reading/opened-files.ts';
import type { Fact, Facts, StatedRun } from './run/facts.ts';
import { mergeFacts } from './run/merge-facts.ts';

/**
 * Where the Hugging Face Hub keeps the `config.json` of a model, which is also the path of the file once it is read;
 * null for text that is no id of the Hub (huggingface_hub docs, "Repo id": letters, digits, `-`, `_` and `.`).
 */
export function hubConfigUrl(id: string): string | null {
  const isId = /^(?:[\w-][\w.-]{0,95}\/)?[\w-][\w.-]{0,95}$/.test(id) && !id.includes('..') && !id.includes('--');
  return isId ? `https://huggingface.co/${id}/resolve/main/config.json` : null;
}

/** The id of the model that a run names and that neither its own files nor the catalog describe. */
export function unknownModelOf(facts: Facts): string | null {
  const id = facts['model.id']?.value;
  return id === undefined || describesModel(facts) || findModel(id) !== null ? null : id;
}

/** Whether dimensions of a model are stated, in part at least. */
function describesModel(facts: Facts): boolean {
  return facts['model.hidden_size'] !== undefined || facts['model.num_layers'] !== undefined;
}

/** A run with what the Hub says of its model, and why the Hub says nothing where it was asked in vain. */
export interface HubReading {
  readonly run: StatedRun;
  /** What the dimensions were read from; null where the Hub was not asked, or does not say. */
  readonly source: string | null;
  readonly failure: string | null;
}

/**
 * Adds the dimensions of the model that a run names, where the Hub was asked for them; each stands where the name does.
 * A model that the policy's assumptions describe is not unknown.
 */
export function withHubModel(run: StatedRun, assumed: Facts, files: OpenedFiles): HubReading {
  const id = unknownModelOf(mergeFacts(run.facts, assumed));
  const url = id === null ? null : hubConfigUrl(id);
  const content = url === null ? null : files.content(url);
  if (url === null || content === null) return { run, source: null, failure: null };
  if ('unreadable' in content) return { run, source: null, failure: `${url} ${content.unreadable}` };

  const document = files.parsed(url)?.document ?? null;
  const { facts, problems } = document === null ? { facts: {}, problems: [] } : modelFacts(document);
  if (document === null || problems.length > 0 || !describesModel(facts)) {
    const reason = problems[0]?.message ?? 'is no config.json that can be read';
    return { run, source: null, failure: `${url}: ${reason}` };
  }
  const named = run.facts['model.id']?.place ?? null;
  const entries = Object.entries(facts).map(([field, fact]): [string, Fact<unknown>] => [
    field,
    { ...fact, authority: 'catalog', place: named },
  ]);
  // Each value is still that of its own field.
  const described = mergeFacts(run.facts, Object.fromEntries(entries));
  return { run: { ...run, facts: described }, source: url, failure: null };
}
