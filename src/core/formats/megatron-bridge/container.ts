import { argumentsKey } from '../../document/python/python-values.ts';
import { showText } from '../../document/show-value.ts';
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
  stateAdapter(config);
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

/** Adapters of `cfg.peft` on all matrices, of rank 32 unless stated (megatron/bridge/peft/lora.py). */
function stateAdapter(config: ConfigReader): void {
  const written = valueAt(config.document.value, ['peft']);
  const isPeft = /(?:^|_)peft_common/.test(calledName(config.document.value) ?? '');
  if (written === null || written === false || (written === undefined && !isPeft)) return;
  const called = calledName(written);
  const scheme = valueAt(written, [argumentsKey, 0]) ?? valueAt(written, ['peft_scheme']);
  const name =
    typeof scheme === 'string' ? scheme : called === null || called.endsWith('peft_config') ? 'lora' : called;
  const kind = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (!/^(?:vlm|canonical)?(?:lora|dora)$/.test(kind)) {
    config.infer('training.method', 'peft', 'unknown', `peft: ${showText(name)} is not known`);
    return;
  }
  const isStated = typeof scheme === 'string' || called === name;
  if (isStated) config.stateAs('training.method', 'peft', 'lora');
  else config.infer('training.method', 'peft', 'lora', 'not stated; the scheme of its recipes is lora');
  if (kind.endsWith('dora')) config.stateAs('training.lora.dora', 'peft', true);
  config.state('training.lora.rank', 'peft.dim');
  config.imply('training.lora.rank', 32);
  config.imply('training.lora.target_modules', ['all-linear']);
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
