import type { Document } from '../../document/document.ts';
import { argumentsKey } from '../../document/python/python-values.ts';
import { valueAt } from '../../document/value-at.ts';
import type { ConfigReader } from '../config-reader.ts';
import type { ReadResult } from '../format.ts';
import { calledName, readRecipe, recipesIn } from '../recipes.ts';
import { hubId } from './flavors.ts';
import { stateParallelism } from './parallelism.ts';

/** Functions that return a `Trainer.Config` with a model of a registry. */
export function recipes(document: Document): string[] {
  return recipesIn(
    document,
    (returned) =>
      /(?:^|\.)\w*Trainer\.Config$/.test(calledName(returned) ?? '') &&
      (valueAt(returned, ['model_spec']) !== undefined || valueAt(returned, ['training']) !== undefined),
  );
}

export function readRegistry(document: Document): ReadResult {
  return readRecipe(document, recipes(document), (config, name) => {
    stateModel(config);
    stateBatch(config);
    stateNumbers(config);
    stateParallelism(config);
    return config.result({ dialect: 'torchtitan', trainer: 'torchtitan', name });
  });
}

/** `model_registry("8B")` is that of the package which the file is in: torchtitan/models/llama3/config_registry.py. */
function stateModel(config: ConfigReader): void {
  const spec = valueAt(config.document.value, ['model_spec']);
  const flavor = valueAt(spec, [argumentsKey, 0]) ?? valueAt(spec, ['flavor']);
  if (typeof flavor !== 'string' || !/(?:^|\.)model_registry$/.test(calledName(spec) ?? '')) return;
  const family = config.document.path.split('/').at(-2) ?? '';
  config.stateAs('model.id', 'model_spec', hubId(family, flavor) ?? `${family}:${flavor}`.slice(0, 200));
}

/** Batches are stated in tokens (TrainingConfig): those of one micro batch of one rank, and those of a step. */
function stateBatch(config: ConfigReader): void {
  config.state('training.sequence_length', 'training.max_context_length', 'training.seq_len');
  config.state('training.micro_batch_size', 'training.local_batch_size');
  config.state('training.global_batch_size', 'training.global_batch_size');
  stateSequences(config, 'training.micro_batch_size', 'training.num_tokens_per_microbatch_per_dp_rank');
  stateSequences(config, 'training.global_batch_size', 'training.num_tokens_per_train_step');
  config.state('training.steps', 'training.steps');
  config.state('training.checkpoint_every', 'checkpoint.interval');
}

function stateSequences(
  config: ConfigReader,
  field: 'training.micro_batch_size' | 'training.global_batch_size',
  key: string,
): void {
  const tokens = config.number(key);
  const length = config.number('training.max_context_length');
  if (tokens === null || length === null || length < 1 || tokens < length) return;
  if (tokens % length === 0) config.stateAs(field, key, tokens / length);
}

function stateNumbers(config: ConfigReader): void {
  const converters = valueAt(config.document.value, ['model_spec', 'converters']);
  const isFp8 =
    Array.isArray(converters) && converters.some((converter) => /^(?:Float8|MXFP8)/.test(calledName(converter) ?? ''));
  if (isFp8) config.stateAs('training.precision', 'model_spec.converters', 'fp8-mixed');
  else
    config.stateChoice('training.precision', 'training.mixed_precision_param', {
      bfloat16: 'bf16-mixed',
      float32: 'fp32',
    });
  config.imply('training.precision', 'bf16-mixed');
  const optimizer = valueAt(config.document.value, ['optimizer']);
  if (calledName(optimizer) === 'default_adamw') config.stateAs('training.optimizer', 'optimizer', 'adamw');
  else config.stateOptimizer('optimizer.name');
  stateCheckpointing(config);
  config.stateAs('training.compile', 'compile.enable', config.flag('compile.enable'));
}

/** `SelectiveAC.Config()`, `FullAC.Config()`, or None. */
function stateCheckpointing(config: ConfigReader): void {
  const field = 'training.activation_checkpointing';
  const key = 'activation_checkpoint';
  const written = valueAt(config.document.value, [key]);
  const called = calledName(written) ?? '';
  if (written === null) config.stateAs(field, key, 'none');
  else if (/^FullAC\b/.test(called)) config.stateAs(field, key, 'full');
  else if (/^(?:SelectiveAC|MemoryBudgetAC)\b/.test(called)) config.stateAs(field, key, 'selective');
}
