import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Facts } from '../../run/facts.ts';
import { mergeFacts } from '../../run/merge-facts.ts';
import { readNamedDeepSpeed, referencedDeepSpeed } from '../deepspeed/named-deepspeed.ts';
import type { Format, ReadResult } from '../format.ts';
import { readModel, referencedModel } from '../named-model.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';
import { stateAdapter } from './adapter.ts';
import { stateDuration } from './duration.ts';
import { stateKernels } from './kernels.ts';
import { Axolotl } from './schema.ts';
import { stateParallelism } from './parallelism.ts';
import { spell } from './spell.ts';

/** axolotl: fine-tuning on top of the Hugging Face Trainer. */
export const axolotl: Format = {
  name: 'axolotl',
  title: 'axolotl',
  syntaxes: ['yaml'],
  signature: ['base_model', 'sequence_len', 'val_set_size'],
  recognize,
  references: (document) => [
    ...referencedModel(document, ['base_model']),
    ...referencedDeepSpeed(document, ['deepspeed']),
  ],
  read,
  spell,
};

const own = ['sequence_len', 'micro_batch_size', 'adapter', 'datasets'];
/** Ludwig names its model the same way, and Hugging Face's adapters do. */
const foreign = ['scalegate', 'input_features', 'output_features', 'peft_type', 'llm_backbone', 'finetuning_type'];

function recognize({ value }: Document): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const has = (key: string): boolean => Object.hasOwn(value, key);
  return typeof valueAt(value, ['base_model']) === 'string' && own.some(has) && !foreign.some(has);
}

function read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult {
  const { value: config, problems } = readWithSchema(document, Axolotl);
  const model = readModel(document, ['base_model'], referenced);
  const deepspeed = readNamedDeepSpeed(document, ['deepspeed'], referenced);
  const found = [...problems, ...model.problems, ...deepspeed.problems];
  if (config === null || found.length > 0) return { run: null, problems: found };

  const facts = mergeFacts({ ...model.facts, ...ownFacts(config, document) }, deepspeed.facts);
  return { run: { path: document.path, dialect: 'axolotl', name: nameFromPath(document.path), facts }, problems: [] };
}

function ownFacts(config: Axolotl, document: Document): Facts {
  const stated = new StatedFacts(document);
  stated.state('training.trainer', 'axolotl', []);
  stateBatch(stated, config);
  stateKernels(stated, config);
  stateAdapter(stated, config);
  stateParallelism(stated, config);
  stateDuration(stated, config);
  statePreference(stated, config);
  return stated.facts;
}

function stateBatch(stated: StatedFacts, config: Axolotl): void {
  stated.state('training.sequence_length', config.sequence_len, ['sequence_len']);
  stated.imply('training.sequence_length', 512);
  stated.state('training.micro_batch_size', config.micro_batch_size, ['micro_batch_size']);
  stated.imply('training.micro_batch_size', 1);
  const accumulation = 'gradient_accumulation_steps';
  stated.state('training.gradient_accumulation_steps', config[accumulation], [accumulation]);
  // The deprecated `batch_size` is that of one GPU (axolotl, utils/config: batch_size // micro_batch_size).
  const steps = Math.floor((config.batch_size ?? 0) / (config.micro_batch_size ?? 1));
  const isSet = typeof config[accumulation] === 'number';
  if (!isSet && steps >= 1) stated.state('training.gradient_accumulation_steps', steps, ['batch_size']);
  stated.imply('training.gradient_accumulation_steps', 1);
  stated.state('training.packing', config.sample_packing, ['sample_packing']);
}

/** Preference training by trl: with an adapter the base weights are the reference model (trl docs, "DPO Trainer"). */
function statePreference(stated: StatedFacts, { rl: method, adapter }: Axolotl): void {
  if (typeof method !== 'string') return;
  if (['dpo', 'ipo', 'orpo', 'simpo'].includes(method)) stated.state('training.paired_samples', true, ['rl']);
  if (method === 'grpo') stated.state('training.rollouts', true, ['rl']);
  const refers = ['dpo', 'ipo', 'kto'].includes(method) && (adapter ?? '') === '';
  if (refers) stated.state('training.reference_model', true, ['rl']);
}
