import type { Document } from '../../document/document.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { deepspeedFacts } from './deepspeed-facts.ts';

/** DeepSpeed's JSON: how a training is sharded and batched, whatever the model. */
export const deepspeed: Format = {
  name: 'deepspeed',
  title: 'DeepSpeed',
  launcher: true,
  // DeepSpeed reads its config with hjson (runtime/config.py), which takes comments and trailing commas.
  syntaxes: ['json', 'jsonc'],
  duplicateKeys: 'refused',
  signature: ['zero_optimization', 'train_micro_batch_size_per_gpu'],
  recognize,
  references: () => [],
  read,
};

/** Each is in few other files, and two of them in none. */
const settings = ['train_batch_size', 'optimizer', 'fp16', 'bf16', 'steps_per_print', 'wall_clock_breakdown'];
/** Keys of GPT-NeoX and of recipes that write DeepSpeed's keys beside their own. */
const foreign = [
  ...[
    'scalegate',
    'num_layers',
    'num-layers',
    'hidden_size',
    'hidden-size',
    'pipe_parallel_size',
    'pipe-parallel-size',
  ],
  ...['model_name_or_path', 'base_model', 'architectures', 'model_family', 'distributed_type'],
];

function recognize({ value }: Document): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const has = (key: string): boolean => Object.hasOwn(value, key);
  const isTold = has('zero_optimization') || has('train_micro_batch_size_per_gpu');
  return (isTold || settings.filter(has).length >= 2) && !foreign.some(has);
}

function read(document: Document): ReadResult {
  const { facts, problems } = deepspeedFacts(document, []);
  if (problems.length > 0) return { run: null, problems };
  return { run: { path: document.path, dialect: 'deepspeed', name: nameFromPath(document.path), facts }, problems: [] };
}
