import type { Document } from '../../document/document.ts';
import { flagsOf, hasFlag } from '../flags.ts';
import { launchesOf } from '../launch.ts';
import { programArguments, programIndex } from '../program.ts';
import { findCommand, scriptOf, type ScriptCommand } from '../script-command.ts';

/** Flags of which LLaMA-Factory's own program takes one at least, besides those of the Hugging Face Trainer. */
const own = ['template', 'dataset_dir', 'cutoff_len', 'lora_target'];

/**
 * `llamafactory-cli train` with flags, as LLaMA Board prints it, or the program behind it (`src/train.py`); null for one
 * that is given a config, and for another document.
 */
export function trainingCommand(document: Document): ScriptCommand | null {
  if (scriptOf(document) === null) return null;
  const command = findCommand(document, (words) => {
    const isNamed = /(?:^|\/)(?:llamafactory-cli|lmf)$/.test(words[programIndex(words)] ?? '');
    const flags = programArguments(words);
    if (isNamed) return flags[0] === 'train' && hasFlag(flags, 'model_name_or_path');
    return hasFlag(flags, 'finetuning_type', 'stage') && hasFlag(flags, 'model_name_or_path') && hasFlag(flags, ...own);
  });
  return command === null || launchesOf([command]).length > 0 ? null : command;
}

/** Its flags, which are the keys of its YAML (HfArgumentParser). */
export function argumentsOf(command: ScriptCommand): Document {
  return flagsOf(command, programIndex(command.words) + 1);
}
