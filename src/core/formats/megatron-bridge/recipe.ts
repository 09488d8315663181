import type { Document } from '../../document/document.ts';
import { argumentsKey, objectKey } from '../../document/python/python-values.ts';
import { valueAt } from '../../document/value-at.ts';
import type { ConfigReader } from '../config-reader.ts';
import type { ReadResult } from '../format.ts';
import { calledName, readRecipe, recipesIn } from '../recipes.ts';
import { readConfig } from './container.ts';

/** Functions that change one of the common configs, or make a ConfigContainer of their own. */
export function recipes(document: Document): string[] {
  return recipesIn(document, (returned) => {
    const called = calledName(returned) ?? '';
    const isConfig = /^_?(?:pretrain|sft|peft)_common\w*$|^ConfigContainer$/.test(called);
    return isConfig && ['model', 'train'].some((key) => valueAt(returned, [key]) !== undefined);
  });
}

export function readPython(document: Document): ReadResult {
  return readRecipe(document, recipes(document), (config, name) => {
    stateModel(config);
    stateName(config, name);
    return readConfig(config, name);
  });
}

/** `AutoBridge.from_hf_pretrained("org/name").to_megatron_provider()`. */
function stateModel(config: ConfigReader): void {
  let model = valueAt(config.document.value, ['model']);
  for (let depth = 0; depth < 3; depth += 1) {
    const id = valueAt(model, [argumentsKey, 0]);
    if (calledName(model)?.endsWith('from_hf_pretrained') === true && typeof id === 'string') {
      config.stateAs('model.id', 'model', id);
    }
    model = valueAt(model, [objectKey]);
  }
}

/** Recipes are named after their GPUs and their type: `llama3_8b_pretrain_8gpu_h100_bf16_config`. */
function stateName(config: ConfigReader, name: string): void {
  const [, count, gpu, type] = /_(\d{1,6})gpu_([a-z]+\d+)(?:_(bf16|fp8))?/.exec(name) ?? [];
  if (count === undefined || gpu === undefined) return;
  config.stateAs('hardware.count', '', Number(count));
  config.stateAs('hardware.gpu', '', gpu);
  if (type === 'bf16' || type === 'fp8') config.stateAs('training.precision', '', `${type}-mixed`);
}
