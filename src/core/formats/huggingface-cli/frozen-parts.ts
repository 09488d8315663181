import type { Document } from '../../document/document.ts';
import { flagValue } from '../flags.ts';
import type { StatedFacts } from '../stated-facts.ts';

type Part = 'training.freeze_language_model' | 'training.freeze_vision_tower' | 'training.freeze_projector';

/** What each flag freezes when it has the value: LLaVA, InternVL, Qwen-VL and the programs after them. */
const flagsOfParts: readonly (readonly [flag: string, value: boolean, part: Part])[] = [
  ['tune_mm_mlp_adapter', true, 'training.freeze_language_model'],
  ['freeze_llm', true, 'training.freeze_language_model'],
  ['tune_mm_llm', false, 'training.freeze_language_model'],
  ['freeze_vision_tower', true, 'training.freeze_vision_tower'],
  ['freeze_vit', true, 'training.freeze_vision_tower'],
  ['fix_vit', true, 'training.freeze_vision_tower'],
  ['tune_mm_vision', false, 'training.freeze_vision_tower'],
  ['unfreeze_mm_vision_tower', false, 'training.freeze_vision_tower'],
  ['freeze_mm_mlp_adapter', true, 'training.freeze_projector'],
  ['freeze_mlp', true, 'training.freeze_projector'],
  ['freeze_merger', true, 'training.freeze_projector'],
  ['freeze_aligner', true, 'training.freeze_projector'],
  ['tune_mm_mlp', false, 'training.freeze_projector'],
];

/** Whether a flag freezes a part of a model that reads images, in a way that is known. */
export function isFreezingFlag(flag: string): boolean {
  return flag === 'freeze_backbone' || flagsOfParts.some(([name]) => name === flag);
}

/** The parts that flags freeze; LLaVA's backbone is the decoder, InternVL's, which also has `--freeze_llm`, the tower. */
export function stateFrozenFlags(stated: StatedFacts, flags: Document): void {
  const isInternVl = flagValue(flags, 'freeze_llm') !== undefined;
  const backbone = isInternVl ? 'training.freeze_vision_tower' : 'training.freeze_language_model';
  for (const [flag, value, part] of [['freeze_backbone', true, backbone] as const, ...flagsOfParts]) {
    const given = flagValue(flags, flag);
    // What one flag freezes no other thaws: LLaVA trains the adapter alone, whatever else is said.
    if (given === value) stated.state(part, true, [flag]);
  }
}
