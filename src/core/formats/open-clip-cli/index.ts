import { z } from 'zod';
import type { Document } from '../../document/document.ts';
import { runFields } from '../../run/fields.ts';
import { hasFlag } from '../flags.ts';
import type { Format } from '../format.ts';
import { launchedGpus } from '../launcher.ts';
import { readCommand } from '../read-command.ts';
import { findCommand, type ScriptCommand } from '../script-command.ts';
import type { StatedFacts } from '../stated-facts.ts';
import { spell } from './spell.ts';

/** Scripts that train with open_clip: two encoders, of images and of text, and a loss between their outputs. */
export const openClipCli: Format = {
  name: 'open-clip-cli',
  title: 'OpenCLIP on a command line',
  syntaxes: ['shell'],
  notEstimated: 'of the models of OpenCLIP only ViT and SigLIP are known',
  signature: [],
  recognize: (document) => trainingCommand(document) !== null,
  references: () => [],
  spell,
  read: (document) => readCommand(trainingCommand(document), { dialect: 'open-clip-cli', schema: Arguments, state }),
};

function trainingCommand(document: Document): ScriptCommand | null {
  return findCommand(
    document,
    (words) =>
      words.some((word) => /^(?:open_clip_train|training)\.main$|(?:open_clip_train|training)\/main\.py$/.test(word)) &&
      hasFlag(words, 'train_data'),
  );
}

const precisions = {
  amp: 'fp16-mixed',
  amp_bf16: 'bf16-mixed',
  amp_bfloat16: 'bf16-mixed',
  bf16: 'bf16-mixed',
  fp16: 'fp16-mixed',
  pure_bf16: 'bf16',
  pure_fp16: 'fp16',
  fp32: 'fp32',
} as const;

/** A switch is on where it stands; what follows it is another argument. */
const on = z
  .unknown()
  .transform((value) => value !== false)
  .optional();

/** What is read of open_clip's arguments (open_clip_train/params.py). */
const Arguments = z.object({
  model: runFields['model.id'].nullish(),
  batch_size: runFields['training.micro_batch_size'].nullish(),
  accum_freq: runFields['training.gradient_accumulation_steps'].nullish(),
  precision: z.enum(Object.keys(precisions) as (keyof typeof precisions)[]).nullish(),
  grad_checkpointing: on,
  lock_image: on,
  lock_text: on,
  force_patch_dropout: on,
  force_image_size: on,
  epochs: z.number().min(0).max(1e6).nullish(),
  train_num_samples: z.number().min(1).max(1e12).nullish(),
});

function state(stated: StatedFacts, config: z.output<typeof Arguments>, command: ScriptCommand): void {
  stated.state('training.trainer', 'open-clip', []);
  stated.state('model.id', config.model, ['model']);
  for (const key of ['lock_image', 'lock_text', 'force_patch_dropout', 'force_image_size'] as const) {
    // What is frozen, and how many patches are left, is not read
    if (config[key] !== undefined) stated.state('training.method', 'unknown', [key]);
  }
  stated.state('training.micro_batch_size', config.batch_size, ['batch_size']);
  stated.imply('training.micro_batch_size', 64);
  stated.state('training.gradient_accumulation_steps', config.accum_freq, ['accum_freq']);
  if (typeof config.precision === 'string') {
    stated.state('training.precision', precisions[config.precision], ['precision']);
  }
  stated.imply('training.precision', 'fp16-mixed');
  stated.imply('training.optimizer', 'adamw');
  if (config.grad_checkpointing === true) {
    stated.state('training.activation_checkpointing', 'full', ['grad_checkpointing']);
  }
  stated.imply('training.activation_checkpointing', 'none');
  const { epochs, train_num_samples: samples } = config;
  if (typeof epochs === 'number' && epochs > 0) {
    if (typeof samples === 'number') stated.state('training.samples', samples * epochs, ['train_num_samples']);
    else stated.state('training.epochs', epochs, ['epochs']);
  }
  stated.imply('parallelism.sharding', 'ddp');
  stated.adopt('hardware.count', launchedGpus(command));
}
