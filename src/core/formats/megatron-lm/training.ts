import { optimizerNamed } from '../../run/optimizer-names.ts';
import type { StatedFacts } from '../stated-facts.ts';
import type { Arguments } from './schema.ts';

/** Batch, precision, recomputation and duration. */
export function stateTraining(stated: StatedFacts, config: Arguments): void {
  stated.state('training.trainer', config.deepspeed === true ? 'megatron-deepspeed' : 'megatron-lm', []);
  stated.state('training.sequence_length', config.encoder_seq_length, ['encoder_seq_length']);
  stated.state('training.sequence_length', config.seq_length, ['seq_length']);
  stated.state('training.micro_batch_size', config.micro_batch_size, ['micro_batch_size']);
  stated.state('training.global_batch_size', config.global_batch_size, ['global_batch_size']);
  const { optimizer } = config;
  if (typeof optimizer === 'string') stated.state('training.optimizer', optimizerNamed(optimizer), ['optimizer']);
  else stated.imply('training.optimizer', 'adamw');
  statePrecision(stated, config);
  stateRecomputation(stated, config);
  stateKernels(stated, config);
  stateDuration(stated, config);
}

function statePrecision(stated: StatedFacts, config: Arguments): void {
  if (config.fp16 === true) stated.state('training.precision', 'fp16-mixed', ['fp16']);
  if (config.bf16 === true) stated.state('training.precision', 'bf16-mixed', ['bf16']);
  if (config.fp8_hybrid === true) stated.state('training.precision', 'fp8-mixed', ['fp8_hybrid']);
  if (typeof config.fp8_format === 'string') stated.state('training.precision', 'fp8-mixed', ['fp8_format']);
  stated.imply('training.precision', 'fp32');
  if (config.grad_reduce_in_bf16 === true) stated.state('training.gradient_precision', 'bf16', ['grad_reduce_in_bf16']);
  stated.state('training.gradient_precision', config.main_grads_dtype, ['main_grads_dtype']);
  const moment = config.exp_avg_dtype === 'fp16' ? 'bf16' : config.exp_avg_dtype;
  stated.state('training.moment_precision', moment, ['exp_avg_dtype']);
}

function stateRecomputation(stated: StatedFacts, config: Arguments): void {
  const field = 'training.activation_checkpointing';
  if (config.recompute_activations === true) stated.state(field, 'selective', ['recompute_activations']);
  if (typeof config.activations_checkpoint_method === 'string')
    stated.state(field, 'full', ['activations_checkpoint_method']);
  for (const key of ['deepspeed_activation_checkpointing', 'checkpoint_activations'] as const) {
    if (config[key] === true) stated.state(field, 'full', [key]);
  }
  stated.state(field, config.recompute_granularity, ['recompute_granularity']);
  // Uniform recomputes all layers in groups of so many, block the first so many of a chunk.
  const layers = config.recompute_method === 'block' ? 'training.recompute_layers' : 'training.checkpoint_layers';
  if (config.recompute_granularity === 'full')
    stated.state(layers, config.recompute_num_layers, ['recompute_num_layers']);
  stated.imply(field, 'none');
}

function stateKernels(stated: StatedFacts, config: Arguments): void {
  for (const key of ['use_flash_attn', 'use_flash_attn_v2'] as const) {
    if (config[key] === true) stated.state('training.flash_attention', true, [key]);
  }
  stated.state('training.dropout', config.hidden_dropout, ['hidden_dropout']);
  // Local layers keep the scores unless flash attention is asked for.
  if (config.transformer_impl === 'local') stated.imply('training.flash_attention', false);
  const backend = config.attention_backend;
  if (backend === 'flash' || backend === 'fused') stated.state('training.flash_attention', true, ['attention_backend']);
  else if (backend === 'unfused') stated.state('training.flash_attention', false, ['attention_backend']);
  if (config.cross_entropy_loss_fusion === true)
    stated.state('training.fused_loss', true, ['cross_entropy_loss_fusion']);
}

/** Tokens stop a training of Megatron-DeepSpeed before its samples do; iterations and samples exclude each other. */
function stateDuration(stated: StatedFacts, config: Arguments): void {
  const durations = [
    ['training.tokens', 'train_tokens'],
    ['training.samples', 'train_samples'],
    ['training.steps', 'train_iters'],
  ] as const;
  const first = durations.find(([, key]) => (config[key] ?? 0) > 0);
  if (first !== undefined) stated.state(first[0], config[first[1]], [first[1]]);
  if ((config.save_interval ?? 0) > 0)
    stated.state('training.checkpoint_every', config.save_interval, ['save_interval']);
}
