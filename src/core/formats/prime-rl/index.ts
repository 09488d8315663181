import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';

/** Configs of prime-rl, for reinforcement learning and for supervised fine-tuning. */
export const primeRl: Format = {
  name: 'prime-rl',
  title: 'prime-rl',
  syntaxes: ['toml'],
  signature: ['group_size', 'num_train_gpus', 'num_train_nodes', 'fused_lm_head_token_chunk_size'],
  recognize,
  references: () => [],
  read,
};

/** The whole run, its trainer or its orchestrator alone, or fine-tuning; an inference server alone is no training. */
function recognize({ value }: Document): boolean {
  const has = (...keys: string[]): boolean => valueAt(value, keys) !== undefined;
  if (has('model', 'flavor') || has('build-system') || has('package')) return false;
  if (has('orchestrator') || has('trainer', 'model') || has('trainer', 'optim')) return true;
  if (!['name', 'ac', 'seq_len'].some((key) => has('model', key))) return false;
  return (
    (has('batch_size') && (has('group_size') || has('rollouts_per_example') || has('seq_len'))) ||
    has('deployment', 'num_train_gpus') ||
    (has('data') && (has('optim') || has('max_steps'))) ||
    (has('optim') && has('max_steps'))
  );
}

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  config.state('model.id', 'trainer.model.name', 'model.name');
  config.state(
    'training.sequence_length',
    'trainer.model.seq_len',
    'data.seq_len',
    'model.seq_len',
    'seq_len',
    'orchestrator.seq_len',
  );
  config.state('training.global_batch_size', 'orchestrator.batch_size', 'data.batch_size', 'batch_size');
  config.state('training.micro_batch_size', 'data.micro_batch_size', 'trainer.data.micro_batch_size');
  // Samples are packed into one sequence of seq_len tokens.
  config.imply('training.micro_batch_size', 1);
  config.state('training.steps', 'max_steps', 'trainer.max_steps', 'orchestrator.max_steps');
  config.state('training.checkpoint_every', 'ckpt.interval', 'trainer.ckpt.interval');
  config.stateOptimizer(config.first('trainer.optim.type') ?? 'optim.type', { sign_sgd: 'sgd' });
  config.imply('training.optimizer', 'adamw');
  // fp32 weights, bf16 in FSDP's computation (ModelConfig.optimization_dtype, reduce_dtype).
  config.imply('training.precision', 'bf16-mixed');
  stateTrainer(config, valueAt(document.value, ['trainer', 'model']) === undefined ? 'model' : 'trainer.model');
  stateGpus(config);
  if (config.first('orchestrator', 'trainer') !== null) {
    config.stateAs('training.rollouts', config.first('orchestrator', 'trainer') ?? '', true);
    config.imply('training.engine_memory_share', 0);
  }
  return config.result({ dialect: 'prime-rl', trainer: 'prime-rl', name: nameFromPath(document.path) });
}

function stateTrainer(config: ConfigReader, at: string): void {
  if (config.value(`${at}.ac`) !== undefined) {
    const isSelective = config.text(`${at}.ac.mode`) === 'selective';
    config.stateAs('training.activation_checkpointing', `${at}.ac`, isSelective ? 'selective' : 'full');
  }
  if (config.value(`${at}.ac_offloading`) !== undefined) {
    config.stateAs('training.activation_offload', `${at}.ac_offloading`, true);
  }
  if (config.value(`${at}.compile`) !== undefined) config.stateAs('training.compile', `${at}.compile`, true);
  const chunk = config.first(`${at}.fused_lm_head_token_chunk_size`, `${at}.fused_lm_head_chunk_size`);
  if (chunk !== null) config.stateAs('training.fused_loss', chunk, config.value(chunk) !== 'disabled');
  const attention = config.text(`${at}.attn`);
  config.stateAs('training.flash_attention', `${at}.attn`, attention === null ? null : attention !== 'eager');
  config.stateSize('parallelism.context', `${at}.cp`);
  config.stateSize('parallelism.expert', `${at}.ep`);
  config.stateSize('parallelism.tensor', `${at}.tp`);
  const replicas = config.number(`${at}.dp_replicate`) ?? 1;
  if (replicas > 1) config.stateAs('parallelism.sharding', `${at}.dp_replicate`, 'hsdp');
  config.imply('parallelism.sharding', 'zero3');
  if (config.flag(`${at}.fsdp_cpu_offload`) === true) {
    config.stateAs('parallelism.cpu_offload', `${at}.fsdp_cpu_offload`, 'parameters');
  } else if (config.flag(`${at}.optim_cpu_offload`) === true) {
    config.stateAs('parallelism.cpu_offload', `${at}.optim_cpu_offload`, 'optimizer');
  }
  const reshard = `${at}.reshard_after_forward`;
  config.stateAs('parallelism.reshard_after_forward', reshard, config.flag(reshard));
  if (config.value(`${at}.lora`) === undefined) return;
  config.stateAs('training.method', `${at}.lora`, 'lora');
  config.state('training.lora.rank', `${at}.lora.rank`);
  config.imply('training.lora.rank', 16);
  config.state('training.lora.target_modules', `${at}.lora.target_modules`);
  config.imply('training.lora.target_modules', ['all-linear']);
}

/** The GPUs that train: those of the inference server hold no part of the trained model. */
function stateGpus(config: ConfigReader): void {
  const train = 'deployment.num_train_gpus';
  const trained = config.number(train);
  if (trained !== null) config.stateAs('hardware.count', train, trained);
  const nodes = config.first('deployment.num_train_nodes', 'deployment.num_nodes');
  if (trained !== null || nodes === null) return;
  const perNode = config.number('deployment.gpus_per_node') ?? usualGpusPerNode;
  config.stateAs('hardware.count', nodes, (config.number(nodes) ?? 1) * perNode);
}

/** prime_rl/configs/rl.py, `gpus_per_node`. */
const usualGpusPerNode = 8;
