import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Facts } from '../../run/facts.ts';
import { mergeFacts } from '../../run/merge-facts.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { guessedFacts } from '../generic/guessed-facts.ts';
import { nameFromPath } from '../run-name.ts';

/** Configs of PyTorch Lightning's command line, and of Hydra templates that make its Trainer. */
export const lightning: Format = {
  name: 'lightning',
  title: 'PyTorch Lightning',
  syntaxes: ['yaml', 'json'],
  signature: ['class_path', 'init_args', 'accumulate_grad_batches'],
  recognize,
  references: () => [],
  read,
};

/** A Trainer that Hydra makes, or one beside a class with its arguments. */
function recognize({ value }: Document): boolean {
  const trainer = valueAt(value, ['trainer']);
  if (typeof trainer !== 'object' || trainer === null || Array.isArray(trainer)) return false;
  if (valueAt(value, ['exp_manager']) !== undefined) return false; // NeMo
  const target = valueAt(trainer, ['_target_']);
  if (typeof target === 'string') return /(?:^|\.)(?:pytorch_)?lightning\..*Trainer$/.test(target);
  const isMade = ['model', 'data'].some((key) => typeof valueAt(value, [key, 'class_path']) === 'string');
  return isMade && arguments_.some((key) => Object.hasOwn(trainer, key));
}

const arguments_ = [
  'max_steps',
  'max_epochs',
  'devices',
  'num_nodes',
  'precision',
  'strategy',
  'accelerator',
  'callbacks',
];

/** What the Trainer is told is stated; the arguments of the team's own classes are told by their names. */
function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  config.stateSize('training.steps', 'trainer.max_steps');
  config.stateSize('training.epochs', 'trainer.max_epochs');
  config.state('training.gradient_accumulation_steps', 'trainer.accumulate_grad_batches');
  config.state('training.micro_batch_size', ...batches);
  statePrecision(config);
  stateStrategy(config);
  stateGpus(config);
  stateOptimizer(config);
  const result = config.result({ dialect: 'lightning', trainer: 'lightning', name: nameFromPath(document.path) });
  if (result.run === null) return result;
  return { ...result, run: { ...result.run, facts: mergeFacts(result.run.facts, ofOwnClasses(document)) } };
}

/** What the Trainer settles is no guess, nor is what it leaves open. */
function ofOwnClasses(document: Document): Facts {
  const guessed = Object.entries(guessedFacts(document));
  return Object.fromEntries(guessed.filter(([field]) => !/^(?:hardware|parallelism)\.|precision$/.test(field)));
}

/** A DataLoader's batch is that of one process. */
const batches = [
  'data.init_args.batch_size',
  'data.batch_size',
  'datamodule.batch_size',
  'data.init_args.train_batch_size',
  'data.init_args.loader.batch_size',
];

/** Lightning docs, "N-Bit Precision". */
function statePrecision(config: ConfigReader): void {
  config.stateChoice('training.precision', 'trainer.precision', {
    '64': null,
    '64-true': null,
    '32': 'fp32',
    '32-true': 'fp32',
    '16': 'fp16-mixed',
    '16-mixed': 'fp16-mixed',
    '16-true': 'fp16',
    bf16: 'bf16-mixed',
    'bf16-mixed': 'bf16-mixed',
    'bf16-true': 'bf16',
    'transformer-engine': 'fp8-mixed',
    'transformer-engine-float16': 'fp8-mixed',
  });
  config.imply('training.precision', 'fp32');
}

const strategies = new Map<string, 'none' | 'ddp' | 'zero1' | 'zero2' | 'zero3'>([
  ['single_device', 'none'],
  ['ddp', 'ddp'],
  ['fsdp', 'zero3'],
  ['fsdp_cpu_offload', 'zero3'],
  ['deepspeed', 'zero2'],
  ['deepspeed_stage_1', 'zero1'],
  ['deepspeed_stage_2', 'zero2'],
  ['deepspeed_stage_2_offload', 'zero2'],
  ['deepspeed_stage_3', 'zero3'],
  ['deepspeed_stage_3_offload', 'zero3'],
]);

/** By its name in Lightning's registry, or by the class that Lightning's CLI or Hydra makes. */
function stateStrategy(config: ConfigReader): void {
  const key = 'trainer.strategy';
  const written = config.value(key);
  const name = [written, valueAt(written, ['class_path']), valueAt(written, ['_target_'])].find(
    (value): value is string => typeof value === 'string',
  );
  if (name === undefined || name === 'auto') return;
  const plain = name.split('.').at(-1) ?? '';
  const sharding = /^FSDPStrategy$/.test(plain)
    ? 'zero3'
    : /^DDPStrategy$|^ddp_/.test(plain)
      ? 'ddp'
      : strategies.get(plain);
  const stage = valueAt(written, ['init_args', 'stage']) ?? valueAt(written, ['stage']);
  if (plain === 'DeepSpeedStrategy') {
    // DeepSpeedStrategy(stage=2)
    config.stateAs('parallelism.sharding', key, stage === 1 ? 'zero1' : stage === 3 ? 'zero3' : 'zero2');
  } else if (sharding !== undefined) config.stateAs('parallelism.sharding', key, sharding);
  if (/deepspeed/i.test(plain)) config.imply('parallelism.sharding_engine', 'deepspeed');
  else if (/fsdp/i.test(plain)) config.imply('parallelism.sharding_engine', 'fsdp');
  if (plain === 'fsdp_cpu_offload' || plain === 'deepspeed_stage_3_offload') {
    config.stateAs('parallelism.cpu_offload', key, 'parameters');
  } else if (plain === 'deepspeed_stage_2_offload') config.stateAs('parallelism.cpu_offload', key, 'optimizer');
}

/** `devices` counts those of a node; a list names them. */
function stateGpus(config: ConfigReader): void {
  const accelerator = config.value('trainer.accelerator');
  if (typeof accelerator === 'string' && !/^(?:gpu|cuda|auto)$/.test(accelerator)) return;
  const devices = config.value('trainer.devices');
  const each = Array.isArray(devices) ? devices.length : typeof devices === 'string' ? Number(devices) : devices;
  const nodes = config.number('trainer.num_nodes') ?? 1;
  if (typeof each !== 'number' || !Number.isInteger(each) || each < 1 || nodes < 1) return;
  config.stateAs('hardware.count', 'trainer.devices', each * nodes);
}

function stateOptimizer(config: ConfigReader): void {
  const key = config.first('optimizer.class_path', 'optimizer._target_', 'model.optimizer._target_');
  if (key !== null) config.stateOptimizer(key);
}
