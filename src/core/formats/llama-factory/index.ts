import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import type { Facts } from '../../run/facts.ts';
import { mergeFacts } from '../../run/merge-facts.ts';
import { readNamedDeepSpeed, referencedDeepSpeed } from '../deepspeed/named-deepspeed.ts';
import { stateFrozenParts } from '../frozen-parts.ts';
import type { Format, ReadResult } from '../format.ts';
import { readModel, referencedModel } from '../named-model.ts';
import { readListingUnread } from '../not-read.ts';
import { nameFromPath } from '../run-name.ts';
import { scriptOf } from '../script-command.ts';
import { StatedFacts } from '../stated-facts.ts';
import { launcherReferences } from '../launch.ts';
import { withLauncher } from '../with-launcher.ts';
import { stateAdapter } from './adapter.ts';
import { argumentsOf, trainingCommand } from './command.ts';
import { stateDuration } from './duration.ts';
import { stateKernels } from './kernels.ts';
import { stateParallelism } from './parallelism.ts';
import { LlamaFactory } from './schema.ts';
import { spell } from './spell.ts';

/** LLaMA-Factory: fine-tuning on top of the Hugging Face Trainer. */
export const llamaFactory: Format = {
  name: 'llama-factory',
  title: 'LLaMA-Factory',
  syntaxes: ['yaml', 'json', 'shell'],
  duplicateKeys: 'refused',
  signature: ['finetuning_type', 'cutoff_len', 'lora_target'],
  recognize: (document) => (scriptOf(document) === null ? isConfig(document) : trainingCommand(document) !== null),
  references,
  read: (document, referenced) => {
    const command = trainingCommand(document);
    if (command === null) return read(document, referenced);
    const result = readListingUnread(argumentsOf(command), (flags) => read(flags, referenced));
    return withLauncher(result, command, referenced);
  },
  spell,
};

function references(document: Document): string[] {
  const command = trainingCommand(document);
  const config = command === null ? document : argumentsOf(command);
  return [
    ...referencedModel(config, modelKeys),
    ...referencedDeepSpeed(config, ['deepspeed']),
    ...(command === null ? [] : launcherReferences(command)),
  ];
}

const modelKeys = ['model_name_or_path'];
/** Configs for chat, evaluation and export have none of these. */
const training = ['do_train', 'per_device_train_batch_size', 'learning_rate', 'num_train_epochs', 'max_steps'];
const foreign = ['scalegate', 'base_model', 'llm_backbone', 'input_features', 'model'];

function isConfig({ value }: Document): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const has = (key: string): boolean => Object.hasOwn(value, key);
  const named = has('finetuning_type') || (has('stage') && has('model_name_or_path'));
  return named && training.some(has) && !foreign.some(has);
}

function read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult {
  const { value: config, problems } = readWithSchema(document, LlamaFactory);
  const model = readModel(document, modelKeys, referenced);
  const deepspeed = readNamedDeepSpeed(document, ['deepspeed'], referenced);
  const found = [...problems, ...model.problems, ...deepspeed.problems];
  if (config === null || found.length > 0) return { run: null, problems: found };
  const facts = mergeFacts({ ...model.facts, ...ownFacts(config, document) }, deepspeed.facts);
  const name = config.run_name ?? nameFromPath(document.path);
  return { run: { path: document.path, dialect: 'llama-factory', name, facts }, problems: [] };
}

function ownFacts(config: LlamaFactory, document: Document): Facts {
  const stated = new StatedFacts(document);
  stated.state('training.trainer', config.use_unsloth === true ? 'unsloth' : 'llama-factory', []);
  stated.state('training.sequence_length', config.cutoff_len, ['cutoff_len']);
  stated.imply('training.sequence_length', 2048); // DataArguments
  const [micro, accumulation] = ['per_device_train_batch_size', 'gradient_accumulation_steps'] as const;
  stated.state('training.micro_batch_size', config[micro], [micro]);
  stated.imply('training.micro_batch_size', 8); // TrainingArguments
  stated.state('training.gradient_accumulation_steps', config[accumulation], [accumulation]);
  stated.imply('training.gradient_accumulation_steps', 1);
  stateKernels(stated, config);
  stateAdapter(stated, config);
  stateParallelism(stated, config);
  stateDuration(stated, config);
  statePreference(stated, config);
  // hparams/finetuning_args.py
  stateFrozenParts(stated, config, ['freeze_vision_tower', 'freeze_multi_modal_projector', 'freeze_language_model']);
  stated.state('training.packing', config.packing, ['packing']);
  return stated.facts;
}

/** With an adapter the base weights are the reference model; ORPO and SimPO have none (hparams/finetuning_args.py). */
function statePreference(stated: StatedFacts, { stage, pref_loss: loss, finetuning_type: type }: LlamaFactory): void {
  if (stage === 'dpo' || stage === 'rm') stated.state('training.paired_samples', true, ['stage']);
  if (stage === 'ppo') stated.state('training.rollouts', true, ['stage']);
  const isFree = stage === 'dpo' && (loss === 'orpo' || loss === 'simpo');
  const refers = (stage === 'dpo' || stage === 'kto') && !isFree && (type === 'full' || type === 'freeze');
  if (refers) stated.state('training.reference_model', true, ['stage']);
}
