import type { Document } from '../../document/document.ts';
import { flagsOf, flagValue } from '../flags.ts';
import { isTrl } from '../program.ts';
import type { ScriptCommand } from '../script-command.ts';

const deepspeed = (stage: number): Readonly<Record<string, unknown>> => ({
  distributed_type: 'DEEPSPEED',
  deepspeed_config: { zero_stage: stage, offload_optimizer_device: 'none', offload_param_device: 'none' },
});

/** The accelerate files that trl brings along (trl/accelerate_configs), without what changes nothing. */
const profiles: ReadonlyMap<unknown, Readonly<Record<string, unknown>>> = new Map([
  ['single_gpu', { distributed_type: 'NO' }],
  ['multi_gpu', { distributed_type: 'MULTI_GPU' }],
  ['zero1', deepspeed(1)],
  ['zero2', deepspeed(2)],
  ['zero3', deepspeed(3)],
  ['fsdp1', { distributed_type: 'FSDP', fsdp_config: { fsdp_sharding_strategy: 'FULL_SHARD' } }],
  ['fsdp2', { distributed_type: 'FSDP', fsdp_config: { fsdp_version: 2, fsdp_reshard_after_forward: true } }],
]);

/** What a name of trl's own accelerate files stands for; null for any other. */
export function profileNamed(name: unknown): Readonly<Record<string, unknown>> | null {
  const profile = profiles.get(name);
  return profile === undefined ? null : { mixed_precision: 'bf16', ...profile };
}

/** `trl sft --accelerate_config zero3` (trl docs, "Command Line Interfaces"): the file that the name stands for. */
export function trlProfile(command: ScriptCommand): Document | null {
  const flags = isTrl(command.words) ? flagsOf(command) : null;
  const value = flags === null ? null : profileNamed(flagValue(flags, 'accelerate_config'));
  if (flags === null || value === null) return null;
  return { path: command.document.path, value, placeOf: () => flags.placeOf(['accelerate_config']) };
}
