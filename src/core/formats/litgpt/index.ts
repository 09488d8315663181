import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Facts } from '../../run/facts.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { scriptOf } from '../script-command.ts';
import { StatedFacts } from '../stated-facts.ts';
import { argumentsOf, trainingCommand, type Verb } from './command.ts';
import { stateMethod } from './method.ts';
import { stateModel } from './model.ts';
import { LitGpt } from './schema.ts';
import { spell } from './spell.ts';

/** LitGPT's finetune and pretrain commands. */
export const litgpt: Format = {
  name: 'litgpt',
  title: 'LitGPT',
  syntaxes: ['yaml', 'shell'],
  signature: ['checkpoint_dir', 'lora_query', 'initial_checkpoint_dir'],
  recognize: (document) => (scriptOf(document) === null ? recognize(document) : trainingCommand(document) !== null),
  references: () => [],
  read,
  spell,
};

const models = ['checkpoint_dir', 'initial_checkpoint_dir', 'model_name', 'model_config'];
/** Megatron-Bridge and others also have a `train` group. */
const foreign = ['scalegate', 'ddp', 'dataset', 'trainer', 'actor_rollout_ref'];

function recognize({ value }: Document): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const has = (key: string): boolean => Object.hasOwn(value, key);
  const trains = (key: string): boolean => valueAt(value, ['train', key]) !== undefined;
  const isTraining = trains('micro_batch_size') || trains('global_batch_size');
  return isTraining && !trains('train_iters') && models.some(has) && !foreign.some(has);
}

function read(document: Document): ReadResult {
  const command = trainingCommand(document);
  if (command === null) return readConfig(document, null);
  const { config, method } = argumentsOf(command);
  return readConfig(config, method);
}

/** `verb` is the command, where it is known. */
function readConfig(document: Document, verb: Verb['method'] | null): ReadResult {
  const { value: config, problems } = readWithSchema(document, LitGpt);
  if (config === null) return { run: null, problems };
  const name = nameFromPath(document.path);
  return {
    run: { path: document.path, dialect: 'litgpt', name, facts: factsOf(config, document, verb) },
    problems: [],
  };
}

function factsOf(config: LitGpt, document: Document, verb: Verb['method'] | null): Facts {
  const stated = new StatedFacts(document);
  stated.state('training.trainer', 'litgpt', []);
  stateModel(stated, config);
  stateTraining(stated, config);
  stateMethod(stated, config, verb);
  stateDevices(stated, config);
  return stated.facts;
}

const precisions = {
  'bf16-true': 'bf16',
  'bf16-mixed': 'bf16-mixed',
  bf16: 'bf16-mixed',
  '16-true': 'fp16',
  '16-mixed': 'fp16-mixed',
  '16': 'fp16-mixed',
  '32-true': 'fp32',
  '32': 'fp32',
} as const;

function stateTraining(stated: StatedFacts, { train, precision, optimizer }: LitGpt): void {
  const at = (key: string) => ['train', key];
  stated.state('training.sequence_length', train.max_seq_length, at('max_seq_length'));
  stated.state('training.micro_batch_size', train.micro_batch_size, at('micro_batch_size'));
  stated.state('training.global_batch_size', train.global_batch_size, at('global_batch_size'));
  if (typeof precision === 'string') stated.state('training.precision', precisions[precision], ['precision']);
  const isNamed = typeof optimizer === 'string';
  stated.state('training.optimizer', isNamed ? optimizer : optimizer?.class_path, ['optimizer']);
  const { max_tokens: tokens, max_steps: steps, epochs, save_interval: interval } = train;
  if (typeof tokens === 'number') stated.state('training.tokens', tokens, at('max_tokens'));
  else if (typeof steps === 'number' && steps > 0) stated.state('training.steps', steps, at('max_steps'));
  else if (typeof epochs === 'number' && epochs > 0) stated.state('training.epochs', epochs, at('epochs'));
  if (typeof interval === 'number' && interval > 0) {
    stated.state('training.checkpoint_every', interval, at('save_interval'));
  }
}

/** Several devices are FSDP's: finetuning shards fully and recomputes, pretraining shards within a node. */
function stateDevices(stated: StatedFacts, config: LitGpt): void {
  const { devices, num_nodes: nodes } = config;
  if (typeof devices !== 'number') return;
  const count = devices * (nodes ?? 1);
  if (count <= 100_000) stated.state('hardware.count', count, ['devices']);
  if (count === 1) return;
  const isFinetuning = (config.checkpoint_dir ?? '') !== '';
  stated.imply('parallelism.sharding', isFinetuning ? 'zero3' : 'hsdp');
  if (isFinetuning) stated.imply('training.activation_checkpointing', 'full');
}
