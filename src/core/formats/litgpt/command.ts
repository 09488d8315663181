import { mapOf } from '../../compose/layers.ts';
import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { overridesIn } from '../launch-overrides.ts';
import { findCommand, scriptOf, type ScriptCommand } from '../script-command.ts';

/** `litgpt finetune_lora …` with flags alone; null for one that is given a config, and for any other document. */
export function trainingCommand(document: Document): ScriptCommand | null {
  if (scriptOf(document) === null) return null;
  return findCommand(document, (words) => {
    const isConfigured = words.some((word) => word === '-c' || /^--config(?:=|$)/.test(word));
    return verbOf(words) !== null && !isConfigured;
  });
}

export interface Verb {
  readonly at: number;
  readonly method: 'pretrain' | 'full' | 'lora' | 'other';
}

/** LitGPT docs, "finetune": without a method it is LoRA; `finetune lora` is the older spelling of `finetune_lora`. */
function verbOf(words: readonly string[]): Verb | null {
  const program = words.findIndex((word) => word.split('/').at(-1) === 'litgpt');
  const [verb = '', next = ''] = program === -1 ? [] : words.slice(program + 1);
  if (verb === 'pretrain') return { at: program + 1, method: 'pretrain' };
  const isSpelledApart = verb === 'finetune' && /^(?:lora|full|adapter|adapter_v2)$/.test(next);
  const method = isSpelledApart ? next : /^finetune(?:_(\w+))?$/.exec(verb) === null ? null : verb.slice(9) || 'lora';
  if (method === null) return null;
  const known = method === 'lora' || method === 'full' ? method : 'other';
  return { at: program + (isSpelledApart ? 2 : 1), method: known };
}

/** The arguments as the config that LitGPT would take for them (jsonargparse), and how it trains. */
export function argumentsOf(command: ScriptCommand): { config: Document; method: Verb['method'] } {
  const { document, index, words } = command;
  const { at, method } = verbOf(words) ?? { at: 0, method: 'other' };
  const flags = overridesIn(command, at);
  const model = words[at + 1] ?? '';
  const named = method === 'pretrain' ? 'model_name' : 'checkpoint_dir';
  const isNamed = model !== '' && !model.startsWith('-');
  const value = mapOf([
    ['train', mapOf([])],
    ...(isNamed ? [[named, model] as const] : []),
    ...Object.entries((flags?.value ?? {}) as Record<string, unknown>),
  ]);
  const config: Document = {
    path: document.path,
    value,
    placeOf: (keys) => {
      const isPositional = keys[0] === named && valueAt(flags?.value, [named]) === undefined;
      const ofModel = document.placeOf(['commands', index, 'words', at + 1]);
      return isPositional || flags === null ? ofModel : flags.placeOf(keys);
    },
  };
  return { config, method };
}
