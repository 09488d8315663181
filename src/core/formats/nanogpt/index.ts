import { z } from 'zod';
import { callsKey, classesKey, functionsKey } from '../../document/parse-python.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { runFields } from '../../run/fields.ts';
import type { Format, ReadResult } from '../format.ts';
import { literal } from '../literal.ts';
import { calledName } from '../recipes.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';

/** Python files that override the globals of nanoGPT's train.py. */
export const nanogpt: Format = {
  name: 'nanogpt',
  title: 'nanoGPT',
  syntaxes: ['python'],
  signature: [],
  recognize,
  references: () => [],
  read,
};

const globals = [
  ...['init_from', 'block_size', 'n_layer', 'n_head', 'n_embd', 'batch_size', 'gradient_accumulation_steps'],
  ...['max_iters', 'lr_decay_iters', 'decay_lr', 'eval_iters', 'eval_interval', 'eval_only', 'log_interval'],
  ...['always_save_checkpoint', 'wandb_log', 'wandb_project', 'wandb_run_name', 'warmup_iters'],
];

const programKeys = [functionsKey, classesKey, callsKey];

/** Four of the globals, one of them peculiar, each a plain value. */
function recognize({ value }: Document): boolean {
  if (typeof value !== 'object' || value === null || valueAt(value, ['eval_only']) === true) return false;
  // A config only assigns; a program that has such globals itself does more.
  if (
    Object.values(value).some((entry) => calledName(entry) !== null) ||
    programKeys.some((key) => Object.hasOwn(value, key))
  )
    return false;
  const plain = Object.entries(value)
    .filter(([, entry]) => typeof entry !== 'object')
    .map(([key]) => key);
  const found = globals.filter((name) => plain.includes(name));
  const isPeculiar = ['init_from', 'eval_iters', 'block_size', 'always_save_checkpoint'].some((name) =>
    found.includes(name),
  );
  return (
    found.length >= 4 &&
    isPeculiar &&
    (found.includes('batch_size') || found.includes('n_layer') || found.includes('init_from'))
  );
}

/** What is read of the globals of train.py (github.com/karpathy/nanoGPT). */
const Globals = z.object({
  init_from: literal(z.string().max(200)),
  block_size: literal(runFields['training.sequence_length']),
  n_layer: literal(runFields['model.num_layers']),
  n_head: literal(runFields['model.num_attention_heads']),
  n_embd: literal(runFields['model.hidden_size']),
  bias: literal(z.boolean()),
  batch_size: literal(runFields['training.micro_batch_size']),
  gradient_accumulation_steps: literal(runFields['training.gradient_accumulation_steps']),
  max_iters: literal(runFields['training.steps']),
  eval_interval: literal(z.number().min(1).max(1e12)),
  dtype: literal(z.enum(['float32', 'bfloat16', 'float16'])),
  compile: literal(z.boolean()),
});

const types = { float32: 'fp32', bfloat16: 'bf16-mixed', float16: 'fp16-mixed' } as const;

function read(document: Document): ReadResult {
  const { value: config, problems } = readWithSchema(document, Globals);
  if (config === null) return { run: null, problems };

  const stated = new StatedFacts(document);
  stated.state('training.trainer', 'nanogpt', []);
  const isPretrained = config.init_from?.startsWith('gpt2') === true;
  if (isPretrained) stated.state('model.id', config.init_from, ['init_from']);
  else stateModel(stated, config);
  stated.state('training.sequence_length', config.block_size, ['block_size']);
  stated.imply('training.sequence_length', 1024);
  stateBatch(stated, config);
  stated.state('training.steps', config.max_iters, ['max_iters']);
  stated.imply('training.steps', 600_000);
  stated.state('training.checkpoint_every', config.eval_interval, ['eval_interval']);
  stated.imply('training.checkpoint_every', 2000);
  if (typeof config.dtype === 'string') stated.state('training.precision', types[config.dtype], ['dtype']);
  stated.imply('training.precision', 'bf16-mixed');
  stated.imply('training.optimizer', 'adamw');
  stated.state('training.compile', config.compile, ['compile']);
  stated.imply('training.compile', true);
  stated.imply('training.flash_attention', true);
  return {
    run: { path: document.path, dialect: 'nanogpt', name: nameFromPath(document.path), facts: stated.facts },
    problems: [],
  };
}

type Globals = z.output<typeof Globals>;

/** The accumulation of train.py is that of all GPUs together: each takes its share. */
function stateBatch(stated: StatedFacts, config: Globals): void {
  const { batch_size: micro, gradient_accumulation_steps: accumulation } = config;
  stated.state('training.micro_batch_size', micro, ['batch_size']);
  stated.imply('training.micro_batch_size', 12);
  if (typeof accumulation === 'number') {
    const global = (micro ?? 12) * accumulation;
    if (global <= 100_000_000) stated.state('training.global_batch_size', global, ['gradient_accumulation_steps']);
  } else stated.imply('training.global_batch_size', (micro ?? 12) * 40);
}

function stateModel(stated: StatedFacts, config: Globals): void {
  stated.state('model.num_layers', config.n_layer, ['n_layer']);
  stated.imply('model.num_layers', 12);
  stated.state('model.num_attention_heads', config.n_head, ['n_head']);
  stated.imply('model.num_attention_heads', 12);
  stated.state('model.hidden_size', config.n_embd, ['n_embd']);
  stated.imply('model.hidden_size', 768);
  stated.state('model.max_position_embeddings', config.block_size, ['block_size']);
  stated.imply('model.max_position_embeddings', 1024);
  for (const field of ['model.attention_bias', 'model.mlp_bias'] as const) {
    stated.state(field, config.bias, ['bias']);
    stated.imply(field, false);
  }
  stated.imply('model.vocab_size', 50304); // GPT-2's 50,257, padded to a multiple of 64
  stated.imply('model.tie_word_embeddings', true);
  stated.imply('model.position_embedding', 'learned');
  stated.imply('model.norm', 'layernorm');
  stated.imply('model.gated_mlp', false);
}
