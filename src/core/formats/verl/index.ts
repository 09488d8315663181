import type { Document } from '../../document/document.ts';
import type { Format } from '../format.ts';
import { launchedGpus } from '../launcher.ts';
import { readCommand } from '../read-command.ts';
import { findCommand, type ScriptCommand } from '../script-command.ts';
import type { StatedFacts } from '../stated-facts.ts';
import { overridesOf } from './overrides.ts';
import { Overrides } from './schema.ts';
import { stateParallelism } from './parallelism.ts';
import { spell } from './spell.ts';

/** Launch scripts of verl: Hydra overrides of its PPO (GRPO, DAPO …) and SFT trainers. */
export const verl: Format = {
  name: 'verl',
  title: 'verl',
  syntaxes: ['shell'],
  signature: [],
  recognize: (document) => trainingCommand(document) !== null,
  references: () => [],
  read: (document) =>
    readCommand(trainingCommand(document), {
      dialect: 'verl',
      schema: Overrides,
      argumentsOf: overridesOf,
      nameOf: (config) => config['trainer.experiment_name'],
      state,
    }),
  spell,
};

function trainingCommand(document: Document): ScriptCommand | null {
  return findCommand(document, (words) => {
    const has = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
    return has(/^\+{0,2}actor_rollout_ref\.actor\.\w/) || (has(/^verl\.trainer\.\w*sft\w*$/) && has(/^data\.\w+=/));
  });
}

function state(stated: StatedFacts, config: Overrides, command: ScriptCommand): void {
  stated.state('training.trainer', 'verl', []);
  stateModel(stated, config);
  stateBatch(stated, config);
  stateDuration(stated, config);
  stateParallelism(stated, config, overridesOf(command));
  stateGpus(stated, config);
  if (isRollout(config)) stateRollouts(stated, config);
  if (!isRollout(config)) stated.adopt('hardware.count', launchedGpus(command));
}

/** Ray starts a run with rollouts: its GPUs are overrides. Supervised training is started by torchrun. */
function isRollout(config: Overrides): boolean {
  return (
    typeof config['actor_rollout_ref.model.path'] === 'string' || typeof config['data.max_response_length'] === 'number'
  );
}

/**
 * Rollouts, by an engine that frees its memory while the policy is trained unless told not to (verl, rollout.yaml,
 * `free_cache_engine`); and, with a KL term, a reference policy on the same GPUs unless it is offloaded.
 */
function stateRollouts(stated: StatedFacts, config: Overrides): void {
  stated.state('training.rollouts', true, []);
  const [keeps, share] = [
    'actor_rollout_ref.rollout.free_cache_engine',
    'actor_rollout_ref.rollout.gpu_memory_utilization',
  ] as const;
  if (config[keeps] === false) stated.state('training.engine_memory_share', config[share], [share]);
  else stated.imply('training.engine_memory_share', 0);
  const [kl, offload] = [
    'actor_rollout_ref.actor.use_kl_loss',
    'actor_rollout_ref.ref.fsdp_config.param_offload',
  ] as const;
  const isLora = (config['actor_rollout_ref.model.lora_rank'] ?? 0) > 0;
  const isOffloaded = config[offload] === true || config['actor_rollout_ref.ref.megatron.param_offload'] === true;
  if (config[kl] === true && !isLora && !isOffloaded) stated.state('training.reference_model', true, [kl]);
}

function stateModel(stated: StatedFacts, config: Overrides): void {
  for (const key of ['model.path', 'model.partial_pretrain', 'actor_rollout_ref.model.path'] as const) {
    stated.state('model.id', config[key], [key]);
  }
  for (const key of ['model.lora_rank', 'actor_rollout_ref.model.lora_rank'] as const) {
    const rank = config[key] ?? 0;
    if (rank === 0) continue;
    stated.state('training.method', 'lora', [key]);
    stated.state('training.lora.rank', rank, [key]);
  }
  const checkpointing = [
    'model.enable_gradient_checkpointing',
    'actor_rollout_ref.model.enable_gradient_checkpointing',
  ];
  for (const key of checkpointing as (keyof Overrides)[]) {
    const value = config[key];
    if (typeof value === 'boolean') stated.state('training.activation_checkpointing', value ? 'full' : 'none', [key]);
  }
  const fused = 'actor_rollout_ref.model.use_fused_kernels';
  stated.state('training.fused_loss', config[fused], [fused]);
  stated.imply('training.optimizer', 'adamw'); // verl, FSDPOptimizerConfig and McoreOptimizerConfig
}

function stateBatch(stated: StatedFacts, config: Overrides): void {
  const { 'data.max_prompt_length': prompt, 'data.max_response_length': response } = config;
  stated.state('training.sequence_length', config['data.max_length'], ['data.max_length']);
  if (typeof prompt === 'number' && typeof response === 'number') {
    stated.state('training.sequence_length', prompt + response, ['data.max_response_length']);
  }
  const global = 'data.train_batch_size';
  stated.state('training.global_batch_size', positive(config[global]), [global]);
  const micro = ['data.micro_batch_size_per_gpu', 'actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu'] as const;
  for (const key of micro) stated.state('training.micro_batch_size', positive(config[key]), [key]);
  stateDynamicBatch(stated, config);
}

/** A dynamic batch takes as many sequences as its tokens hold, and no fewer than one (verl docs, performance tuning). */
function stateDynamicBatch(stated: StatedFacts, config: Overrides): void {
  const key = 'actor_rollout_ref.actor.ppo_max_token_len_per_gpu';
  const { 'data.max_prompt_length': prompt, 'data.max_response_length': response, [key]: tokens } = config;
  if (config['actor_rollout_ref.actor.use_dynamic_bsz'] !== true || typeof tokens !== 'number') return;
  if (typeof prompt !== 'number' || typeof response !== 'number') return;
  const split = config['actor_rollout_ref.actor.ulysses_sequence_parallel_size'] ?? 1;
  const sequences = Math.max(1, Math.floor((tokens * split) / (prompt + response)));
  if (sequences <= 100_000) stated.state('training.micro_batch_size', sequences, [key]);
}

function stateDuration(stated: StatedFacts, config: Overrides): void {
  const [steps, epochs, save] = ['trainer.total_training_steps', 'trainer.total_epochs', 'trainer.save_freq'] as const;
  const stepCount = positive(config[steps]);
  if (stepCount !== null) stated.state('training.steps', stepCount, [steps]);
  else stated.state('training.epochs', positive(config[epochs]), [epochs]);
  stated.state('training.checkpoint_every', positive(config[save]), [save]);
}

function stateGpus(stated: StatedFacts, config: Overrides): void {
  const { 'trainer.n_gpus_per_node': perNode, 'trainer.nnodes': nodes } = config;
  if (typeof perNode !== 'number' || nodes === null) return;
  const count = perNode * (nodes ?? 1); // trainer.nnodes is 1 in verl's ppo_trainer.yaml
  if (count <= 100_000) stated.state('hardware.count', count, ['trainer.n_gpus_per_node']);
}

function positive(value: number | null | undefined): number | null {
  return typeof value === 'number' && value > 0 ? value : null;
}
