import type { Document } from '../../document/document.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { modelFacts } from './model-facts.ts';

/** The `config.json` of a model, as transformers writes it. */
export const huggingfaceModel: Format = {
  name: 'huggingface-model',
  title: 'Hugging Face model config',
  syntaxes: ['json'],
  describesModel: true,
  signature: ['architectures', 'num_hidden_layers', 'n_embd'],
  recognize,
  references: () => [],
  read,
};

const dimensions = ['hidden_size', 'n_embd', 'd_model', 'num_hidden_layers', 'n_layer', 'n_layers', 'text_config'];
/** Keys of training configs that name a model type, and of other files with layers and sizes. */
const foreign = ['scalegate', 'model_name_or_path', 'base_model', 'peft_type', '_class_name', 'vision_cfg'];

function recognize({ value }: Document): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const has = (key: string): boolean => Object.hasOwn(value, key);
  const namesModel = Array.isArray((value as Record<string, unknown>)['architectures']) || has('model_type');
  return namesModel && dimensions.some(has) && !foreign.some(has);
}

function read(document: Document): ReadResult {
  const { facts, problems } = modelFacts(document);
  if (problems.length > 0) return { run: null, problems };
  const name = nameFromPath(document.path);
  return { run: { path: document.path, dialect: 'huggingface-model', name, facts }, problems: [] };
}
