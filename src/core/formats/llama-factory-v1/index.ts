import { z } from 'zod';
import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import type { Facts } from '../../run/facts.ts';
import { mergeFacts } from '../../run/merge-facts.ts';
import { readNamedDeepSpeed, referencedDeepSpeed } from '../deepspeed/named-deepspeed.ts';
import type { Format, ReadResult } from '../format.ts';
import { readModel, referencedModel } from '../named-model.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';
import { as, flag, valueOf } from '../yaml-values.ts';

/** The rewritten LLaMA-Factory (`src/llamafactory/v1`), whose keys are others. */
export const llamaFactoryV1: Format = {
  name: 'llama-factory-v1',
  title: 'LLaMA-Factory v1',
  syntaxes: ['yaml', 'json'],
  signature: ['model_class', 'dist_config', 'sample_backend'],
  recognize,
  references: (document) => [...referencedModel(document, ['model']), ...referencedDeepSpeed(document, namesDeepSpeed)],
  read,
};

const namesDeepSpeed = ['dist_config', 'config_file'];
const degree = as(z.int().min(0).max(100_000));

const Config = z.object({
  model: z.string().max(1000),
  cutoff_len: valueOf('training.sequence_length'),
  micro_batch_size: valueOf('training.micro_batch_size'),
  global_batch_size: valueOf('training.global_batch_size'),
  max_steps: as(z.int().min(-1).max(1e12)),
  num_train_epochs: as(z.number().min(0).max(1e6)),
  save_steps: as(z.number().gt(0).max(1e12)),
  bf16: flag,
  enable_activation_checkpointing: flag,
  dist_config: z.object({ name: z.string().max(100).nullish(), cp_size: degree, ep_size: degree }).nullish(),
  peft_config: z
    .object({
      name: z.string().max(100).nullish(),
      r: valueOf('training.lora.rank'),
      target_modules: z.union([z.string().max(1000), z.array(z.string().max(200)).max(1000)]).nullish(),
    })
    .nullish(),
  quant_config: z.object({ quantization_bit: as(z.union([z.literal(4), z.literal(8)])) }).nullish(),
});

type Config = z.output<typeof Config>;

function recognize({ value }: Document): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const has = (key: string): boolean => Object.hasOwn(value, key);
  const named = has('dist_config') || has('model_class');
  return typeof (value as { model?: unknown }).model === 'string' && named && has('train_dataset');
}

function read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult {
  const { value: config, problems } = readWithSchema(document, Config);
  const model = readModel(document, ['model'], referenced);
  const deepspeed = readNamedDeepSpeed(document, namesDeepSpeed, referenced);
  const found = [...problems, ...model.problems, ...deepspeed.problems];
  if (config === null || found.length > 0) return { run: null, problems: found };
  const facts = mergeFacts({ ...model.facts, ...ownFacts(config, document) }, deepspeed.facts);
  const name = nameFromPath(document.path);
  return { run: { path: document.path, dialect: 'llama-factory-v1', name, facts }, problems: [] };
}

function ownFacts(config: Config, document: Document): Facts {
  const stated = new StatedFacts(document);
  stated.state('training.trainer', 'llama-factory', []);
  stated.state('training.sequence_length', config.cutoff_len, ['cutoff_len']);
  stated.state('training.micro_batch_size', config.micro_batch_size, ['micro_batch_size']);
  stated.state('training.global_batch_size', config.global_batch_size, ['global_batch_size']);
  if (config.bf16 === true) stated.state('training.precision', 'bf16', ['bf16']);
  const recomputes = config.enable_activation_checkpointing;
  if (typeof recomputes === 'boolean') {
    stated.state('training.activation_checkpointing', recomputes ? 'full' : 'none', [
      'enable_activation_checkpointing',
    ]);
  }
  const { max_steps: steps, num_train_epochs: epochs } = config;
  if (typeof steps === 'number' && steps > 0) stated.state('training.steps', steps, ['max_steps']);
  else if (typeof epochs === 'number' && epochs > 0) stated.state('training.epochs', epochs, ['num_train_epochs']);
  stated.state('training.checkpoint_every', config.save_steps, ['save_steps']);
  stateAdapter(stated, config);
  stateParallelism(stated, config);
  return stated.facts;
}

function stateAdapter(stated: StatedFacts, { peft_config: adapter, quant_config: quantized }: Config): void {
  if (adapter?.name !== 'lora') {
    stated.imply('training.method', 'full');
    return;
  }
  const bits = quantized?.quantization_bit;
  stated.state('training.quantization.bits', bits, ['quant_config', 'quantization_bit']);
  stated.state('training.method', typeof bits === 'number' ? 'qlora' : 'lora', ['peft_config', 'name']);
  stated.state('training.lora.rank', adapter.r, ['peft_config', 'r']);
  const targets = adapter.target_modules ?? [];
  const names = typeof targets === 'string' ? [targets === 'all' ? 'all-linear' : targets] : targets;
  if (names.length > 0) stated.state('training.lora.target_modules', names, ['peft_config', 'target_modules']);
}

function stateParallelism(stated: StatedFacts, { dist_config: config }: Config): void {
  if (config?.name === 'fsdp2') {
    stated.state('parallelism.sharding', 'zero3', ['dist_config', 'name']);
    stated.state('parallelism.sharding_engine', 'fsdp', ['dist_config', 'name']);
  }
  const [context, expert] = [config?.cp_size ?? 0, config?.ep_size ?? 0];
  if (context > 0) stated.state('parallelism.context', context, ['dist_config', 'cp_size']);
  if (expert > 0) stated.state('parallelism.expert', expert, ['dist_config', 'ep_size']);
}
