import type { StatedFacts } from './stated-facts.ts';

/**
 * Which parts of a model that reads images are frozen, by the keys of a trainer for its tower, for what joins that to the
 * decoder, and for the decoder. Of trainers that have such keys the decoder alone is trained where nothing is said.
 */
export function stateFrozenParts<Key extends string>(
  stated: StatedFacts,
  config: Readonly<Partial<Record<Key, boolean | null | undefined>>>,
  [tower, projector, decoder]: readonly [tower: Key, projector: Key, decoder: Key],
): void {
  stated.state('training.freeze_vision_tower', config[tower], [tower]);
  stated.state('training.freeze_projector', config[projector], [projector]);
  stated.state('training.freeze_language_model', config[decoder], [decoder]);
  stated.imply('training.freeze_vision_tower', true);
  stated.imply('training.freeze_projector', true);
}
