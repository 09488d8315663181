import type { ModelShape } from '../run/model-shape.ts';
import { models } from './models/index.ts';

const byId = new Map(models.flatMap((model) => model.ids.map((id) => [id.toLowerCase(), model] as const)));

/** The dimensions of a published model by its Hugging Face hub id, in any case; null for one that the catalog lacks. */
export function findModel(id: string): { shape: ModelShape; source: string } | null {
  const model = byId.get(id.trim().toLowerCase());
  return model === undefined ? null : { shape: model.shape, source: model.source };
}
