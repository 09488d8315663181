/**
 * Rows of the embedding in Megatron and its descendants: the vocabulary up to a multiple of a divisor for each tensor
 * rank (Megatron-LM, `_vocab_size_with_padding`), so that the tensor parallel size changes the parameters.
 */
export function paddedVocabulary(size: number, divisor: number, tensorParallelSize: number): number {
  const multiple = Math.max(1, divisor) * Math.max(1, tensorParallelSize);
  return Math.ceil(size / multiple) * multiple;
}
