import { valueAt } from '../../document/value-at.ts';
import type { ConfigReader } from '../config-reader.ts';
import type { ReadResult } from '../format.ts';
import { stateModelParallelism } from '../megatron-model-parallelism.ts';
import { calledName } from '../recipes.ts';

/** Reads a ConfigContainer, in YAML or as a recipe makes it (megatron/bridge/training/config.py). */
export function readConfig(config: ConfigReader, name: string): ReadResult {
  config.state('training.sequence_length', 'dataset.seq_length', 'dataset.sequence_length', 'model.seq_length');
  config.state('training.micro_batch_size', 'train.micro_batch_size');
  config.state('training.global_batch_size', 'train.global_batch_size');
  config.state('training.steps', 'train.train_iters');
  config.state('training.checkpoint_every', 'checkpoint.save_interval');
  stateNumbers(config);
  stateParallelism(config);
  return config.result({ dialect: 'megatron-bridge', trainer: 'megatron-bridge', name });
}

/** Recipes of precision are named after their types: `bf16_mixed`, `bf16_with_fp8_current_scaling_mixed`. */
function stateNumbers(config: ConfigReader): void {
  const written = config.value('mixed_precision');
  const recipe = typeof written === 'string' ? written : calledName(written);
  if (recipe !== null) {
    const type = recipe.includes('fp8')
      ? 'fp8'
      : recipe.startsWith('fp16') || recipe.startsWith('16')
        ? 'fp16'
        : 'bf16';
    config.stateAs('training.precision', 'mixed_precision', `${type}-mixed`);
  }
  config.stateOptimizer('optimizer.optimizer');
  config.stateChoice('training.activation_checkpointing', 'model.recompute_granularity', {
    full: 'full',
    selective: 'selective',
  });
  if (valueAt(config.document.value, ['model', 'recompute_granularity']) === null) {
    config.stateAs('training.activation_checkpointing', 'model.recompute_granularity', 'none');
  }
  const fusion = 'model.cross_entropy_loss_fusion';
  config.stateAs('training.fused_loss', fusion, config.flag(fusion));
}

function stateParallelism(config: ConfigReader): void {
  const fsdp = config.first('dist.use_torch_fsdp2', 'dist.use_megatron_fsdp', 'ddp.use_megatron_fsdp');
  const distributed = config.first('ddp.use_distributed_optimizer', 'optimizer.use_distributed_optimizer');
  if (fsdp !== null && config.flag(fsdp) === true) config.stateAs('parallelism.sharding', fsdp, 'zero3');
  else if (distributed !== null) {
    config.stateAs('parallelism.sharding', distributed, config.flag(distributed) === true ? 'zero1' : 'ddp');
  }
  stateModelParallelism(config);
}
