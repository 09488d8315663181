import { isMap, mapOf } from '../../compose/layers.ts';
import type { Document } from '../../document/document.ts';
import { flagsOf } from '../flags.ts';
import type { ReadResult } from '../format.ts';
import { readListingUnread } from '../not-read.ts';
import { programIndex } from '../program.ts';
import type { ScriptCommand } from '../script-command.ts';
import { accelerate } from './index.ts';
import { trlProfile } from './trl-profile.ts';

/** What the flags of `accelerate launch` say, without the file of `--config_file`, or trl's own; nothing for another launcher. */
export function readLaunchFlags(command: ScriptCommand, referenced: ReadonlyMap<string, Document>): ReadResult {
  const flags = launchFlags(command) ?? trlProfile(command);
  if (flags === null) return { run: null, problems: [] };
  return readListingUnread(flags, (watched) => accelerate.read(watched, referenced));
}

/** The DeepSpeed config that the flags of `accelerate launch` name. */
export function launchReferences(command: ScriptCommand): readonly string[] {
  const flags = launchFlags(command);
  return flags === null ? [] : accelerate.references(flags);
}

const kinds = new Map([
  ['use_deepspeed', 'DEEPSPEED'],
  ['use_fsdp', 'FSDP'],
  ['use_megatron_lm', 'MEGATRON_LM'],
  ['multi_gpu', 'MULTI_GPU'],
]);

/**
 * The flags in front of the program under the keys of an accelerate file (accelerate docs, "accelerate launch"); null
 * for a command without it.
 */
function launchFlags(command: ScriptCommand): Document | null {
  const { words } = command;
  const verb = words.findIndex((word, at) => {
    return (/(?:^|\/)accelerate$/.test(word) && words[at + 1] === 'launch') || word === 'accelerate.commands.launch';
  });
  if (verb === -1) return null;
  const end = programIndex(words);
  const flags = flagsOf({ ...command, words: end === -1 ? words : words.slice(0, end) }, verb);
  const root = mapOf([]);
  const flagAt = new Map<string, string>();
  for (const [flag, written] of Object.entries(flags.value as Record<string, unknown>)) {
    const kind = kinds.get(flag);
    const keys = kind === undefined ? keysOf(flag) : ['distributed_type'];
    if (keys === null || (kind !== undefined && written === false)) continue;
    // The word behind a switch is no value of it: `--use_fsdp train.py`.
    set(root, keys, kind ?? (Array.isArray(written) ? (written as unknown[])[0] : written));
    flagAt.set(keys.join('\0'), flag);
  }
  if (root['distributed_type'] === undefined && Object.hasOwn(flags.value as object, 'config_file')) {
    // Flags of one kind change what the file says of it.
    const kind = isMap(root['deepspeed_config']) ? 'DEEPSPEED' : isMap(root['fsdp_config']) ? 'FSDP' : undefined;
    if (kind !== undefined) root['distributed_type'] = kind;
  }
  return {
    path: command.document.path,
    value: root,
    placeOf: (keys) => flags.placeOf([flagAt.get(keys.slice(0, 2).join('\0')) ?? 'config_file']),
  };
}

const deepspeedFlags: ReadonlySet<string> = new Set([
  ...['deepspeed_config_file', 'zero_stage', 'gradient_accumulation_steps'],
  ...['offload_optimizer_device', 'offload_param_device'],
]);

/** The number of processes is read with those of all launchers, and the file where one is named. */
const elsewhere: ReadonlySet<string> = new Set(['num_processes', 'config_file']);

function keysOf(flag: string): readonly string[] | null {
  if (deepspeedFlags.has(flag)) return ['deepspeed_config', flag];
  if (flag === 'dynamo_backend') return ['dynamo_config', flag];
  for (const section of ['fsdp', 'megatron_lm', 'parallelism_config']) {
    if (flag.startsWith(`${section}_`)) return [section.endsWith('config') ? section : `${section}_config`, flag];
  }
  return elsewhere.has(flag) ? null : [flag];
}

function set(root: Record<string, unknown>, [section = '', key]: readonly string[], value: unknown): void {
  if (key === undefined) root[section] = value;
  else root[section] = { ...(isMap(root[section]) ? root[section] : mapOf([])), [key]: value };
}
