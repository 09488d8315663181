import { mapOf, overlaid } from '../../compose/layers.ts';
import type { Document } from '../../document/document.ts';
import { overridesIn } from '../launch-overrides.ts';
import { findCommand, scriptOf, type ScriptCommand } from '../script-command.ts';
import { modelOfBuilder } from './builders.ts';

/** `tune run RECIPE --config llama3_1/8B_lora`: a config that torchtune brings along, and no file of the repository. */
export function trainingCommand(document: Document): ScriptCommand | null {
  return scriptOf(document) === null ? null : findCommand(document, (words) => ownConfig(words) !== null);
}

/** The config that the command takes: the model that its name tells, under what the command changes in it. */
export function argumentsOf(command: ScriptCommand): Document {
  const { document, index, words } = command;
  const { at = 0, builder = '' } = ownConfig(words) ?? {};
  const placeOf = () => document.placeOf(['commands', index, 'words', at]);
  const config = { path: document.path, value: mapOf([['model', mapOf([['_component_', builder]])]]), placeOf };
  const overrides = overridesIn(command, at);
  return overrides === null ? config : overlaid(config, overrides);
}

/** Recipes that only evaluate, generate or quantize train nothing. */
const trains = /finetune|dpo|ppo|grpo|distillation|qat/;

/**
 * Folder and size in the name of the config are those of the builder (torchtune, recipes/configs/<family>/): `8B_lora` of
 * `llama3_1` is `lora_llama3_1_8b`. Null where they name no model that is known.
 */
function ownConfig(words: readonly string[]): { at: number; builder: string } | null {
  const tune = words.findIndex((word) => word.split('/').at(-1) === 'tune');
  if (tune === -1 || words[tune + 1] !== 'run' || !words.slice(tune + 2).some((word) => trains.test(word))) return null;
  const flag = words.findIndex((word, at) => at > tune && /^--config(?:=|$)/.test(word));
  if (flag === -1) return null;
  const assigned = words[flag] ?? '';
  const [written, at] = assigned.includes('=') ? [assigned.slice(9), flag] : [words[flag + 1] ?? '', flag + 1];
  const [, family, size = '', rest = ''] =
    /^([a-z\d_]{1,40})\/([\d.]{1,6}B|mini|scout\w{0,20}|maverick\w{0,20})_?(\w{0,80})$/.exec(written) ?? [];
  if (family === undefined) return null;
  const model = `${family}_${size.toLowerCase().replace('.', '_')}`;
  if (modelOfBuilder(model) === null) return null;
  const method = rest.includes('qlora')
    ? 'qlora_'
    : `${rest} ${words.slice(tune).join(' ')}`.includes('lora')
      ? 'lora_'
      : '';
  return { at, builder: `torchtune.models.${family}.${method}${model}` };
}

/** Whether the recipe of the command is one for a single GPU. */
export function isForOneGpu({ words }: ScriptCommand): boolean {
  return words.some((word) => word.includes('single_device'));
}
