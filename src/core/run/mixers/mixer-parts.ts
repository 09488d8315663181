import type { Matrix } from '../matrices.ts';

/** What a mixer without softmax is made of, whoever asks: counting, memory or time. */
export interface MixerParts {
  /** Projections: tensor parallelism divides them. */
  readonly matrices: readonly Matrix[];
  /** Convolutions, decays, norms: parameters that are no projection. */
  readonly vectors: number;
  /** Values that autograd keeps of one token in the compute type, besides the layer's norm and its output. */
  readonly keptValues: number;
  /** Values of one token that are kept in fp32: step sizes and decays. */
  readonly keptFp32Values: number;
  /** fp32 values of one token that are alive only while the layer goes backwards: the states of its chunks. */
  readonly workingFp32Values: number;
  /** FLOPs of one token forwards that are no projection: convolution, scan, chunks. */
  readonly scanFlops: number;
}
