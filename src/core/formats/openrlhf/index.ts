import type { Document } from '../../document/document.ts';
import { hasFlag } from '../flags.ts';
import type { Format } from '../format.ts';
import { launchedGpus } from '../launcher.ts';
import { readCommand } from '../read-command.ts';
import { findCommand, type ScriptCommand } from '../script-command.ts';
import type { StatedFacts } from '../stated-facts.ts';
import { Arguments } from './schema.ts';
import { spell } from './spell.ts';

/** Training scripts of OpenRLHF, with the flags of one word and those with dots. */
export const openrlhf: Format = {
  name: 'openrlhf',
  title: 'OpenRLHF',
  syntaxes: ['shell'],
  signature: [],
  recognize: (document) => trainingCommand(document) !== null,
  references: () => [],
  read: (document) => readCommand(trainingCommand(document), { dialect: 'openrlhf', schema: Arguments, state }),
  spell,
};

function trainingCommand(document: Document): ScriptCommand | null {
  return findCommand(document, (words) => {
    const isProgram = words.some((word) => /^openrlhf\.cli\.train\w*$|(?:^|\/)train_\w+\.py$/.test(word));
    return isProgram && hasFlag(words, 'micro_train_batch_size', 'train.micro_batch_size', 'train.batch_size');
  });
}

function state(stated: StatedFacts, config: Arguments, command: ScriptCommand): void {
  stated.state('training.trainer', 'openrlhf', []);
  stateModel(stated, config);
  stateBatch(stated, config);
  stateStates(stated, config);
  stateMethod(stated, config, command);
  stateGpus(stated, config);
  if (config.actor_num_gpus_per_node === undefined) stated.adopt('hardware.count', launchedGpus(command));
}

/**
 * The program tells the method: pairs for DPO and reward models, rollouts for PPO. A reference model is on the same GPUs
 * unless it is offloaded, or its term of the loss is 0; a vLLM on the same GPUs keeps its share unless it sleeps. Training
 * that is asynchronous gives vLLM GPUs of its own (openrlhf/cli/train_ppo_ray.py, `colocate_all and not async_enable`).
 */
function stateMethod(stated: StatedFacts, config: Arguments, { words }: ScriptCommand): void {
  const program = words.map((word) => /(?:^|[./])train_([a-z]+)/.exec(word)?.[1]).find((name) => name !== undefined);
  const isLora = (config.lora_rank ?? config['ds.lora.rank'] ?? 0) > 0;
  if (program === 'dpo' || program === 'rm') stated.state('training.paired_samples', true, []);
  const refers = program === 'dpo' || program === 'kto' || (program === 'ppo' && config.init_kl_coef !== 0);
  if (refers && !isLora && config.ref_offload !== true) stated.state('training.reference_model', true, []);
  if (program !== 'ppo') return;
  stated.state('training.rollouts', true, []);
  if (config.vllm_enable_sleep === true || config['vllm.enable_sleep'] === true) {
    stated.imply('training.engine_memory_share', 0);
  } else if (sharesGpus(config) && config.async_train !== true && config['train.async_enable'] !== true) {
    for (const key of ['vllm_gpu_memory_utilization', 'vllm.gpu_memory_utilization'] as const) {
      stated.state('training.engine_memory_share', config[key], [key]);
    }
  }
}

function stateModel(stated: StatedFacts, config: Arguments): void {
  for (const key of ['pretrain', 'model.model_name_or_path', 'actor.model_name_or_path'] as const) {
    stated.state('model.id', config[key], [key]);
  }
  for (const key of ['lora_rank', 'ds.lora.rank'] as const) {
    const rank = config[key] ?? 0;
    if (rank === 0) continue;
    stated.state('training.method', 'lora', [key]);
    stated.state('training.lora.rank', rank, [key]);
  }
  for (const key of [
    'gradient_checkpointing',
    'model.gradient_checkpointing_enable',
    'actor.gradient_checkpointing_enable',
  ] as const) {
    if (config[key] === true) stated.state('training.activation_checkpointing', 'full', [key]);
  }
  if (config.flash_attn === true) stated.state('training.flash_attention', true, ['flash_attn']);
}

function stateBatch(stated: StatedFacts, config: Arguments): void {
  const { prompt_max_len: prompt, generate_max_len: answer } = config;
  for (const key of ['max_len', 'data.max_len'] as const) stated.state('training.sequence_length', config[key], [key]);
  if (typeof prompt === 'number' && typeof answer === 'number') {
    stated.state('training.sequence_length', prompt + answer, ['generate_max_len']);
  }
  for (const key of ['micro_train_batch_size', 'train.micro_batch_size'] as const) {
    stated.state('training.micro_batch_size', config[key], [key]);
  }
  for (const key of ['train_batch_size', 'train.batch_size'] as const) {
    stated.state('training.global_batch_size', config[key], [key]);
  }
  for (const key of ['max_epochs', 'train.max_epochs'] as const) {
    if ((config[key] ?? 0) > 0) stated.state('training.epochs', config[key], [key]);
  }
  for (const key of ['save_steps', 'ckpt.save_steps'] as const) {
    if ((config[key] ?? 0) > 0) stated.state('training.checkpoint_every', config[key], [key]);
  }
}

const stages = ['ddp', 'zero1', 'zero2', 'zero3'] as const;

function stateStates(stated: StatedFacts, config: Arguments): void {
  if (config.bf16 === true) stated.state('training.precision', 'bf16-mixed', ['bf16']);
  const type = config['ds.param_dtype'];
  if (type === 'bf16' || type === 'fp16') stated.state('training.precision', `${type}-mixed`, ['ds.param_dtype']);
  stated.imply('training.optimizer', 'adamw'); // DeepspeedStrategy: FusedAdam, or CPUAdam with offload
  for (const key of ['zero_stage', 'ds.zero_stage'] as const) {
    const stage = config[key];
    if (typeof stage === 'number') stated.state('parallelism.sharding', stages[stage], [key]);
  }
  for (const key of ['adam_offload', 'ds.adam_offload'] as const) {
    if (config[key] === true) stated.state('parallelism.cpu_offload', 'optimizer', [key]);
  }
  for (const key of ['ring_attn_size', 'ds.ring_attn_size'] as const) {
    stated.state('parallelism.context', config[key], [key]);
  }
  for (const key of ['ds_tensor_parallel_size', 'ds.tensor_parallel_size'] as const) {
    stated.state('parallelism.tensor', config[key], [key]);
  }
}

function sharesGpus(config: Arguments): boolean {
  return config.colocate_all_models === true || config['train.colocate_all'] === true;
}

/** The policy's own GPUs are those of the run where all its models share them. */
function stateGpus(stated: StatedFacts, config: Arguments): void {
  for (const prefix of ['actor_', 'actor.'] as const) {
    const [nodes, perNode] = [config[`${prefix}num_nodes`], config[`${prefix}num_gpus_per_node`]];
    if (!sharesGpus(config) || typeof nodes !== 'number' || typeof perNode !== 'number' || nodes * perNode > 100_000)
      continue;
    stated.state('hardware.count', nodes * perNode, [`${prefix}num_gpus_per_node`]);
  }
}
