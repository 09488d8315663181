import type { Facts } from './facts.ts';

/**
 * The rotary positions of a model where a sequence is longer than they are and nothing says that they are stretched; null
 * else, and where nobody states them. Every trainer runs such a sequence: its end stands where the model was never trained.
 */
export function positionsBeyond(facts: Facts, sequenceLength: number): number | null {
  const positions = facts['model.max_position_embeddings']?.value;
  const isRotary = (facts['model.position_embedding']?.value ?? 'rope') === 'rope';
  const isStretched = facts['model.rope_scaling']?.value === true;
  if (positions === undefined || !isRotary || isStretched || facts['training.sequence_length'] === undefined)
    return null;
  return sequenceLength > positions ? positions : null;
}
