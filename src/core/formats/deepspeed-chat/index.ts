import { z } from 'zod';
import type { Document } from '../../document/document.ts';
import { runFields } from '../../run/fields.ts';
import { hasFlag } from '../flags.ts';
import type { Format } from '../format.ts';
import { launchedGpus } from '../launcher.ts';
import { programArguments } from '../program.ts';
import { readCommand } from '../read-command.ts';
import { findCommand, type ScriptCommand } from '../script-command.ts';
import type { StatedFacts } from '../stated-facts.ts';

/** Training scripts of DeepSpeed-Chat: supervised fine-tuning, reward model, DPO and PPO. */
export const deepspeedChat: Format = {
  name: 'deepspeed-chat',
  title: 'DeepSpeed-Chat',
  syntaxes: ['shell'],
  signature: [],
  recognize: (document) => trainingCommand(document) !== null,
  references: () => [],
  read: (document) => readCommand(trainingCommand(document), { dialect: 'deepspeed-chat', schema: Arguments, state }),
};

function trainingCommand(document: Document): ScriptCommand | null {
  return findCommand(document, (command) => {
    const words = programArguments(command);
    return (
      (hasFlag(words, 'zero_stage') && hasFlag(words, 'per_device_train_batch_size')) ||
      (hasFlag(words, 'actor_zero_stage') && hasFlag(words, 'actor_model_name_or_path'))
    );
  });
}

const micro = runFields['training.micro_batch_size'].nullish();
const length = runFields['training.sequence_length'].nullish();
const stage = z.int().min(0).max(3).nullish();
const on = z
  .unknown()
  .transform((value) => value !== false)
  .optional();

/** What is read of the arguments of DeepSpeed-Chat's main.py (DeepSpeedExamples, applications/DeepSpeed-Chat/training). */
const Arguments = z.object({
  model_name_or_path: runFields['model.id'].nullish(),
  actor_model_name_or_path: runFields['model.id'].nullish(),
  max_seq_len: length,
  max_prompt_seq_len: length,
  max_answer_seq_len: length,
  per_device_train_batch_size: micro,
  per_device_training_batch_size: micro,
  gradient_accumulation_steps: runFields['training.gradient_accumulation_steps'].nullish(),
  num_train_epochs: z.number().min(0).max(1e6).nullish(),
  gradient_checkpointing: on,
  actor_gradient_checkpointing: on,
  zero_stage: stage,
  actor_zero_stage: stage,
  offload: on,
  dtype: z.enum(['fp16', 'bf16']).nullish(),
  lora_dim: z.int().min(0).max(100_000).nullish(),
  actor_lora_dim: z.int().min(0).max(100_000).nullish(),
});

type Arguments = z.output<typeof Arguments>;

const stages = ['ddp', 'zero1', 'zero2', 'zero3'] as const;

function state(stated: StatedFacts, config: Arguments, command: ScriptCommand): void {
  stated.state('training.trainer', 'deepspeed', []);
  for (const key of ['model_name_or_path', 'actor_model_name_or_path'] as const) {
    stated.state('model.id', config[key], [key]);
  }
  stateBatch(stated, config);
  stateMemory(stated, config);
  stated.adopt('hardware.count', launchedGpus(command));
}

function stateBatch(stated: StatedFacts, config: Arguments): void {
  const { max_prompt_seq_len: prompt, max_answer_seq_len: answer } = config;
  stated.state('training.sequence_length', config.max_seq_len, ['max_seq_len']);
  if (typeof prompt === 'number' && typeof answer === 'number') {
    stated.state('training.sequence_length', prompt + answer, ['max_answer_seq_len']);
  }
  for (const key of ['per_device_training_batch_size', 'per_device_train_batch_size'] as const) {
    stated.state('training.micro_batch_size', config[key], [key]);
  }
  const accumulation = 'gradient_accumulation_steps';
  stated.state('training.gradient_accumulation_steps', config[accumulation], [accumulation]);
  const epochs = config.num_train_epochs ?? 0;
  if (epochs > 0) stated.state('training.epochs', epochs, ['num_train_epochs']);
}

function stateMemory(stated: StatedFacts, config: Arguments): void {
  for (const key of ['gradient_checkpointing', 'actor_gradient_checkpointing'] as const) {
    if (config[key] === true) stated.state('training.activation_checkpointing', 'full', [key]);
  }
  for (const key of ['zero_stage', 'actor_zero_stage'] as const) {
    const value = config[key];
    if (typeof value === 'number') stated.state('parallelism.sharding', stages[value], [key]);
  }
  if (config.offload === true) stated.state('parallelism.cpu_offload', 'optimizer', ['offload']);
  if (typeof config.dtype === 'string') stated.state('training.precision', `${config.dtype}-mixed`, ['dtype']);
  stated.imply('training.precision', 'fp16-mixed'); // main.py: --dtype fp16
  stated.imply('training.optimizer', 'adamw'); // main.py: FusedAdam
  for (const key of ['lora_dim', 'actor_lora_dim'] as const) {
    const rank = config[key] ?? 0;
    if (rank === 0) continue;
    stated.state('training.method', 'lora', [key]);
    stated.state('training.lora.rank', rank, [key]);
  }
}
