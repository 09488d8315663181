import { nearest } from '../document/nearest.ts';
import type { ModelShape } from '../run/model-shape.ts';
import { models } from './models/index.ts';
import { findNamesake } from './namesake.ts';

const byId = new Map(models.flatMap((model) => model.ids.map((id) => [id.toLowerCase(), model] as const)));

/** The id that a misspelled or short one may mean; null where nothing is near. */
export function similarModel(id: string): string | null {
  const ids = models.flatMap((model) => model.ids);
  return nearest(id, ids) ?? findNamesake(id)?.id ?? null;
}

/**
 * The models that differ from one in the size that their name says (`Qwen3-8B`, `Qwen3-32B`), the largest first; none for
 * a model that the catalog lacks, or whose name says no size.
 */
export function siblingsOf(id: string): readonly string[] {
  const stem = stemOf(byId.get(id.trim().toLowerCase())?.ids.find((known) => isSameId(known, id)) ?? '');
  if (stem === null) return [];
  return models
    .flatMap(({ ids, totalParameters }) =>
      ids.filter((known) => stemOf(known) === stem).map((known) => ({ known, totalParameters })),
    )
    .sort((a, b) => b.totalParameters - a.totalParameters)
    .map(({ known }) => known);
}

function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.trim().toLowerCase();
}

/** A name without its size; null for one that says none. */
function stemOf(id: string): string | null {
  const words = id.toLowerCase().split('-');
  const sizes = words.map((word) => /^\d{1,4}(?:\.\d{1,2})?[bm]$/.test(word));
  return sizes.includes(true) ? words.map((word, at) => (sizes[at] === true ? '*' : word)).join('-') : null;
}

/** The dimensions of a published model by its Hugging Face hub id, in any case; null for one that the catalog lacks. */
export function findModel(id: string): { shape: ModelShape; source: string } | null {
  const model = byId.get(id.trim().toLowerCase());
  return model === undefined ? null : { shape: model.shape, source: model.source };
}
