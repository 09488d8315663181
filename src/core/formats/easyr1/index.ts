import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';

/** Configs of EasyR1, a verl with keys of its own. */
export const easyR1: Format = {
  name: 'easyr1',
  title: 'EasyR1',
  syntaxes: ['yaml'],
  signature: ['micro_batch_size_per_device_for_update', 'micro_batch_size_per_device_for_experience'],
  recognize: ({ value }) =>
    valueAt(value, ['worker', 'actor']) !== undefined && valueAt(value, ['trainer']) !== undefined,
  references: () => [],
  read,
};

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  config.state('model.id', 'worker.actor.model.model_path');
  const [prompt, response] = [config.number('data.max_prompt_length'), config.number('data.max_response_length')];
  if (prompt !== null && response !== null) {
    config.stateAs('training.sequence_length', 'data.max_response_length', prompt + response);
  }
  // A dynamic batch holds the tokens of as many whole sequences (verl/workers/actor/dp_actor.py)
  config.state('training.micro_batch_size', 'worker.actor.micro_batch_size_per_device_for_update');
  config.stateSize('training.global_batch_size', 'data.rollout_batch_size');
  config.stateSize('training.steps', 'trainer.max_steps');
  if (!config.states('training.steps')) config.stateSize('training.epochs', 'trainer.total_epochs');
  if ((config.number('trainer.save_freq') ?? 0) > 0) config.state('training.checkpoint_every', 'trainer.save_freq');
  stateStates(config);
  stateRollouts(config);
  config.stateProduct('hardware.count', 'trainer.nnodes', 'trainer.n_gpus_per_node');
  return config.result({ dialect: 'easyr1', trainer: 'verl', name: nameFromPath(document.path) });
}

/** FSDP over fp32 weights, which computes in bf16 (verl/workers/fsdp_workers.py); `adamw_bf16` keeps everything short. */
function stateStates(config: ConfigReader): void {
  const actor = 'worker.actor';
  const strategy = `${actor}.optim.strategy`;
  const isShort = config.text(strategy) === 'adamw_bf16';
  config.stateAs('training.optimizer', strategy, config.text(strategy) === null ? null : 'adamw');
  if (isShort) config.stateAs('training.precision', strategy, 'bf16');
  config.imply('training.precision', 'bf16-mixed');
  const rank = `${actor}.model.lora.rank`;
  if ((config.number(rank) ?? 0) > 0) {
    config.stateAs('training.method', rank, 'lora');
    config.state('training.lora.rank', rank);
  } else config.imply('training.method', 'full');
  const checkpointing = `${actor}.model.enable_gradient_checkpointing`;
  const isCheckpointed = config.flag(checkpointing);
  if (isCheckpointed !== null) {
    config.stateAs('training.activation_checkpointing', checkpointing, isCheckpointed ? 'full' : 'none');
  }
  config.imply('training.activation_checkpointing', 'full');
  const frozen = `${actor}.model.freeze_vision_tower`;
  if (config.flag(frozen) === true) config.stateAs('training.freeze_vision_tower', frozen, true);
  const shards = `${actor}.fsdp.enable_full_shard`;
  const isWhole = config.flag(shards);
  if (isWhole !== null) config.stateAs('parallelism.sharding', shards, isWhole ? 'zero3' : 'zero2');
  config.imply('parallelism.sharding', 'zero3');
  const offload = `${actor}.fsdp.enable_cpu_offload`;
  if (config.flag(offload) === true) config.stateAs('parallelism.cpu_offload', offload, 'parameters');
  const ulysses = `${actor}.ulysses_size`;
  config.stateSize('parallelism.context', ulysses);
  if (config.states('parallelism.context')) config.stateAs('parallelism.context_exchange', ulysses, 'ulysses');
}

/** vLLM sleeps while the policy is trained; the reference policy is on the same GPUs unless it is offloaded. */
function stateRollouts(config: ConfigReader): void {
  config.stateAs('training.rollouts', 'worker', true);
  config.imply('training.engine_memory_share', 0);
  const isFree = config.flag('algorithm.disable_kl') === true;
  const isOffloaded = config.flag('worker.ref.fsdp.enable_cpu_offload') === true;
  const isLora = config.stated('training.method') === 'lora';
  if (!isFree && !isOffloaded && !isLora) config.stateAs('training.reference_model', 'worker', true);
}
