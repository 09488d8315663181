import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import { startOf } from '../../problem.ts';
import type { Facts } from '../../run/facts.ts';
import type { Format, ReadResult } from '../format.ts';
import { mergeFacts } from '../../run/merge-facts.ts';
import { readNamedDeepSpeed, referencedDeepSpeed } from '../deepspeed/named-deepspeed.ts';
import { readModel, referencedModel } from '../named-model.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';
import { stateAdapter } from './adapter.ts';
import { stateDuration } from './duration.ts';
import { stateFsdp } from './fsdp.ts';
import { stateKernels } from './kernels.ts';
import { statePrecision } from './precision.ts';
import { stateEngine, statePreference } from './preference.ts';
import { TrainingArguments } from './schema.ts';
import { readTrlLauncher, referencedAccelerate } from './trl-launcher.ts';
import { spell } from './spell.ts';

/** Arguments of the Hugging Face Trainer and trl's trainers, as the recipes of trl, alignment-handbook and open-r1 write them. */
export const huggingfaceTrainer: Format = {
  name: 'huggingface-trainer',
  title: 'Hugging Face Trainer and TRL',
  syntaxes: ['yaml', 'json'],
  signature: ['model_name_or_path', 'per_device_train_batch_size'],
  recognize,
  references: (document) => [
    ...referencedModel(document, ['model_name_or_path']),
    ...referencedDeepSpeed(document, ['deepspeed']),
    ...referencedAccelerate(document),
  ],
  read,
  spell,
};

/** One of these is in every training config, and not in those for evaluation or export. */
const training = ['per_device_train_batch_size', 'learning_rate', 'num_train_epochs', 'max_steps', 'optim'];
/** Keys of other frameworks that also know `model_name_or_path` or the batch size. */
const foreign = [
  ...['scalegate', 'architectures', 'base_model', 'defaults', 'policy', 'actor_rollout_ref', 'model', 'training'],
  // LLaMA-Factory
  ...['finetuning_type', 'stage', 'cutoff_len', 'lora_rank', 'lora_target', 'dataset_dir'],
  // Accelerate, DeepSpeed, H2O LLM Studio, Ludwig, SimpleTuner
  ...['distributed_type', 'zero_optimization', 'llm_backbone', 'input_features', 'model_family'],
];

function recognize({ value }: Document): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const has = (key: string): boolean => Object.hasOwn(value, key);
  const named = has('per_device_train_batch_size') || (has('model_name_or_path') && training.some(has));
  return named && !foreign.some(has);
}

function read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult {
  const { value: config, problems } = readWithSchema(document, TrainingArguments);
  const model = readModel(document, ['model_name_or_path'], referenced);
  if (config === null) return { run: null, problems: [...problems, ...model.problems] };
  const deepspeed = readNamedDeepSpeed(document, ['deepspeed'], referenced);
  const launcher = readTrlLauncher(document, referenced);
  const found = [...model.problems, ...deepspeed.problems, ...launcher.problems];
  if (found.length > 0) return { run: null, problems: found };

  const trainer = { value: 'huggingface', authority: 'config', place: startOf(document.path) } as const;
  const own = { ...model.facts, 'training.trainer': trainer, ...argumentFacts(config, document) };
  const facts = [own, deepspeed.facts, launcher.facts].reduce(mergeFacts);
  const name = config.run_name ?? nameFromPath(document.path);
  return { run: { path: document.path, dialect: 'huggingface-trainer', name, facts }, problems: [] };
}

function argumentFacts(config: TrainingArguments, document: Document): Facts {
  const stated = new StatedFacts(document);
  stateBatch(stated, config);
  stated.state('training.packing', config.packing, ['packing']);
  statePrecision(stated, config);
  stateKernels(stated, config);
  stateFsdp(stated, config);
  stateAdapter(stated, config);
  stateDuration(stated, config);
  statePreference(stated, config);
  stateEngine(stated, config);
  return stated.facts;
}

function stateBatch(stated: StatedFacts, config: TrainingArguments): void {
  const { max_prompt_length: prompt, max_completion_length: completion } = config;
  const keys = ['max_length', 'max_seq_length'] as const;
  // GRPO has no max_length: a sequence is a prompt and a completion (trl, GRPOConfig).
  if (typeof prompt === 'number' && typeof completion === 'number') {
    stated.state('training.sequence_length', prompt + completion, ['max_completion_length']);
  }
  for (const key of keys.toReversed()) stated.state('training.sequence_length', config[key], [key]);

  const micro = 'per_device_train_batch_size';
  stated.state('training.micro_batch_size', config[micro], [micro]);
  stated.imply('training.micro_batch_size', 8); // TrainingArguments
  const accumulation = 'gradient_accumulation_steps';
  stated.state('training.gradient_accumulation_steps', config[accumulation], [accumulation]);
}
