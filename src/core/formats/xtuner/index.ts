import { z } from 'zod';
import { readWithSchema } from '../../document/read-with-schema.ts';
import type { Document, KeyPath } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { runFields } from '../../run/fields.ts';
import { optimizerNamed } from '../../run/optimizer-names.ts';
import type { Format, ReadResult } from '../format.ts';
import { literal } from '../literal.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';

/** Python configs of xtuner, in the style of mmengine. */
export const xtuner: Format = {
  name: 'xtuner',
  title: 'xtuner',
  syntaxes: ['python'],
  signature: [],
  recognize,
  references: () => [],
  read,
};

function recognize({ value }: Document): boolean {
  const has = (...keys: string[]): boolean => valueAt(value, keys) !== undefined;
  return (
    has('optim_wrapper') &&
    (has('model', 'llm') || has('model', 'type')) &&
    (has('train_dataloader') || has('train_cfg'))
  );
}

const flag = literal(z.boolean());
/** A class, by the name under which it was imported. */
const name = z.preprocess((value) => valueAt(value, ['$name']) ?? value, z.unknown()).optional();

/** What is read of a config (xtuner.readthedocs.io, "Config introduction"). */
const Config = z.object({
  pretrained_model_name_or_path: literal(runFields['model.id']),
  llm_name_or_path: literal(runFields['model.id']),
  max_length: literal(z.number().max(1e9)),
  batch_size: literal(runFields['training.micro_batch_size']),
  accumulative_counts: literal(runFields['training.gradient_accumulation_steps']),
  sequence_parallel_size: literal(runFields['parallelism.context']),
  max_epochs: literal(z.number().min(0).max(1e6)),
  save_steps: literal(z.number().min(-1).max(1e12)),
  optim_type: name,
  optim_wrapper: z.object({ dtype: z.unknown().optional() }).nullish(),
  model: z
    .object({
      use_activation_checkpointing: flag,
      freeze_llm: flag,
      freeze_visual_encoder: flag,
      llm: z
        .object({
          torch_dtype: name,
          quantization_config: z
            .object({ load_in_4bit: flag, load_in_8bit: flag, bnb_4bit_use_double_quant: flag })
            .nullish(),
        })
        .nullish(),
      lora: z.object({ r: literal(runFields['training.lora.rank']) }).nullish(),
      llm_lora: z.object({ r: literal(runFields['training.lora.rank']) }).nullish(),
    })
    .nullish(),
});

type Config = z.output<typeof Config>;

function read(document: Document): ReadResult {
  const { value: config, problems } = readWithSchema(document, Config);
  if (config === null) return { run: null, problems };

  const stated = new StatedFacts(document);
  stated.state('training.trainer', 'xtuner', []);
  for (const key of ['llm_name_or_path', 'pretrained_model_name_or_path'] as const) {
    stated.state('model.id', config[key], [key]);
  }
  stateBatch(stated, config);
  stateStates(stated, config);
  stateAdapter(stated, config);
  return {
    run: { path: document.path, dialect: 'xtuner', name: nameFromPath(document.path), facts: stated.facts },
    problems: [],
  };
}

function stateBatch(stated: StatedFacts, config: Config): void {
  // Image tokens are subtracted from the length in LLaVA's configs: what is left is a whole number all the same.
  const length = Math.trunc(config.max_length ?? 0);
  if (length > 0) stated.state('training.sequence_length', length, ['max_length']);
  stated.state('training.micro_batch_size', config.batch_size, ['batch_size']);
  stated.state('training.gradient_accumulation_steps', config.accumulative_counts, ['accumulative_counts']);
  stated.state('parallelism.context', config.sequence_parallel_size, ['sequence_parallel_size']);
  if ((config.max_epochs ?? 0) > 0) stated.state('training.epochs', config.max_epochs, ['max_epochs']);
  if ((config.save_steps ?? 0) > 0) stated.state('training.checkpoint_every', config.save_steps, ['save_steps']);
}

const types = { float16: 'fp16-mixed', bfloat16: 'bf16-mixed' } as const;

/** AmpOptimWrapper computes in `dtype` over fp32 weights; SupervisedFinetune recomputes activations by default. */
function stateStates(stated: StatedFacts, config: Config): void {
  const dtype = config.optim_wrapper?.dtype;
  if (dtype === 'float16' || dtype === 'bfloat16') {
    stated.state('training.precision', types[dtype], ['optim_wrapper', 'dtype']);
  }
  const loaded = config.model?.llm?.torch_dtype;
  if (dtype === undefined && (loaded === 'torch.bfloat16' || loaded === 'torch.float16')) {
    stated.state('training.precision', loaded === 'torch.bfloat16' ? 'bf16' : 'fp16', ['model', 'llm', 'torch_dtype']);
  }
  const optimizer = config.optim_type;
  if (typeof optimizer === 'string') {
    stated.state('training.optimizer', optimizerNamed(optimizer.split('.').at(-1) ?? ''), ['optim_type']);
  }
  const checkpointing = config.model?.use_activation_checkpointing;
  if (typeof checkpointing === 'boolean') {
    const keys = ['model', 'use_activation_checkpointing'];
    stated.state('training.activation_checkpointing', checkpointing ? 'full' : 'none', keys);
  }
  stated.imply('training.activation_checkpointing', 'full');
}

function stateAdapter(stated: StatedFacts, config: Config): void {
  const quantization = config.model?.llm?.quantization_config;
  const at = (key: string): KeyPath => ['model', 'llm', 'quantization_config', key];
  const bits = quantization?.load_in_4bit === true ? 4 : quantization?.load_in_8bit === true ? 8 : null;
  if (bits !== null) {
    stated.state('training.quantization.bits', bits, at(`load_in_${bits}bit`));
    stated.state(
      'training.quantization.double',
      quantization?.bnb_4bit_use_double_quant,
      at('bnb_4bit_use_double_quant'),
    );
  }
  const frozen = [
    ['training.freeze_language_model', 'freeze_llm'],
    ['training.freeze_vision_tower', 'freeze_visual_encoder'],
  ] as const;
  for (const [field, part] of frozen) stated.state(field, config.model?.[part], ['model', part]);
  const key = (['lora', 'llm_lora'] as const).find((name) => typeof config.model?.[name]?.r === 'number');
  if (key === undefined) return;
  stated.state('training.method', bits === null ? 'lora' : 'qlora', ['model', key]);
  stated.state('training.lora.rank', config.model?.[key]?.r, ['model', key, 'r']);
}
