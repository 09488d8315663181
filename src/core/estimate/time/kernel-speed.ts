import type { GpuSpec } from '../../run/hardware.ts';
import type { Training } from '../../run/training.ts';
import { trainerTraits } from '../trainer-traits.ts';

/** How fast kernels really run on a GPU, under a trainer. */
export interface KernelSpeed {
  readonly matrixFlopsPerSecond: number;
  readonly attentionFlopsPerSecond: number;
  /** Of kernels that wait for memory: norms, activations, residuals, and the operands of small matrices. */
  readonly bytesPerSecond: number;
  /** Of plain copies: the data sheet's. */
  readonly bandwidth: number;
  /** Share of the speed that heads of this size leave to attention: 1 when they fit the tensor cores. */
  readonly alignment: number;
}

/**
 * Shares of the dense peak, and factors between trainers. All fitted to 382 published rows of tokens per second (NVIDIA
 * DGX Cloud, Megatron-LM, Megatron-Bridge and NeMo tables, llm-foundry, torchtitan, BLOOM's sweeps, MegaScale, llm.c …),
 * rounded to two digits. The faster the matrix units, the more of a step is spent elsewhere, which the sum over kernels
 * shows by itself; what remains here is the kernels' own share.
 */
const fitted = {
  matrices: { moderate: 0.75, fast: 0.8, fastest: 0.59 },
  attention: { moderate: 0.34, fast: 0.37, fastest: 0.47 },
  /**
   * PyTorch stacks below Hopper on sequences of 32k and more, where FlashAttention-2 reaches 0.5 to 0.73 of an A100 (arXiv
   * 2307.08691 §4.1): the rows of `moderate` are of at most 8k, or of its first version (llm-foundry's tables of 2023).
   */
  longAttention: 0.57,
  /** Kernels of PyTorch stacks on Hopper and later, against NVIDIA's own and hand-written ones. */
  generalMatrices: 0.8,
  generalAttention: 0.2,
  /** Megatron-DeepSpeed, as of 2021 and 2022, on any GPU. */
  legacyMatrices: 0.76,
  /** Of the 8-bit peak, over the share of the 16-bit one. */
  fp8: { tuned: 0.96, general: 0.8 },
  /** Times the bytes that a step cannot do without: what kernels that wait for memory really move. */
  traffic: 1.5,
  /** The same where somebody wrote each kernel, which fuses what stands between two products (llm.c, llmc/). */
  handWritten: 0.5,
  /** Times the traffic, one kernel for each operation. */
  eager: 1.2,
  /** Heads that are not a multiple of 8 miss the tensor cores (BLOOM's sweeps: head size 108 costs a third). */
  unalignedHead: 0.13,
};

/** Null where the GPU's peak or bandwidth is unknown. */
export function kernelSpeed(training: Training, gpu: GpuSpec | null, headDim: number): KernelSpeed | null {
  const peak = peakFlopsPerSecond(gpu, training.precision);
  const bandwidth = gpu?.memoryBandwidthBytesPerSecond ?? null;
  if (gpu === null || peak === null || bandwidth === null) return null;
  const speed = speedOf(gpu);
  const stack = stackOf(training.trainer);
  const alignment = headDim % 8 === 0 ? 1 : fitted.unalignedHead;
  return {
    matrixFlopsPerSecond:
      matrixPeak(training, gpu, peak, stack) * (gpu.matrixShare ?? fitted.matrices[speed]) * stackFactor(stack, speed),
    attentionFlopsPerSecond: peak * alignment * attentionShare(training, gpu, stack, speed),
    bandwidth,
    alignment,
    bytesPerSecond: bandwidth / trafficOf(training, stack),
  };
}

/** Dense peak that utilization refers to; null where the GPU or its peak is unknown. */
export function peakFlopsPerSecond(gpu: GpuSpec | null, precision: Training['precision']): number | null {
  const peaks = gpu?.peakFlopsPerSecond;
  if (peaks == null) return null;
  if (precision === 'fp32') return peaks.fp32;
  return precision.startsWith('fp16') ? (peaks.fp16 ?? peaks.bf16) : (peaks.bf16 ?? peaks.fp16);
}

type Speed = keyof typeof fitted.matrices;

/** V100 and A100 are moderate, H100 and MI300X fast, Blackwell fastest; other GPUs stand with those of their speed. */
function speedOf(gpu: GpuSpec): Speed {
  const peak = peakFlopsPerSecond(gpu, 'bf16-mixed') ?? 0;
  if (peak < 500e12) return 'moderate';
  return peak < 1500e12 ? 'fast' : 'fastest';
}

/** Whose kernels a trainer runs. */
export type Stack = 'tuned' | 'general' | 'legacy' | 'unknown';

/** NVIDIA's trainers and those in C++ are tuned for the GPU; all other known ones run on PyTorch's and flash-attention's kernels. */
export function stackOf(trainer: string | null): Stack {
  const name = trainer?.toLowerCase() ?? '';
  if (['megatron-lm', 'megatron-core', 'megatron-bridge', 'nemo', 'primus', ...handWritten].includes(name))
    return 'tuned';
  if (name === 'megatron-deepspeed') return 'legacy';
  return trainerTraits(trainer).known ? 'general' : 'unknown';
}

function stackFactor(stack: Stack, speed: Speed): number {
  if (stack === 'legacy') return fitted.legacyMatrices;
  if (stack === 'tuned' || speed === 'moderate') return 1;
  // Nobody knows which: between the two.
  return stack === 'unknown' ? Math.sqrt(fitted.generalMatrices) : fitted.generalMatrices;
}

function matrixPeak({ precision }: Training, gpu: GpuSpec, peak: number, stack: Stack): number {
  const fp8 = gpu.peakFlopsPerSecond?.fp8;
  if (precision !== 'fp8-mixed' || fp8 == null) return peak;
  return fp8 * (stack === 'tuned' ? fitted.fp8.tuned : fitted.fp8.general);
}

function attentionShare({ trainer, sequenceLength }: Training, gpu: GpuSpec, stack: Stack, speed: Speed): number {
  if (speed === 'fast' && stack !== 'tuned') return fitted.generalAttention;
  const short = fitted.attention[speed];
  // It runs on GPUs with bf16 alone.
  const isSecond = stack === 'general' && trainer !== 'llm-foundry' && gpu.peakFlopsPerSecond?.bf16 != null;
  if (speed !== 'moderate' || !isSecond) return short;
  const octaves = Math.min(3, Math.max(0, Math.log2(sequenceLength / 4096)));
  return short * (fitted.longAttention / short) ** (octaves / 3);
}

/** Times the bytes that kernels which wait for memory cannot do without. */
function trafficOf(training: Training, stack: Stack): number {
  if (handWritten.includes(training.trainer?.toLowerCase() ?? '')) return fitted.handWritten;
  return fitted.traffic * eagerFactor(training, stack);
}

/** Trainers in C++ and CUDA alone. */
const handWritten: readonly string[] = ['llm.c', 'llmq'];

function eagerFactor(training: Training, stack: Stack): number {
  if (!runsEager(training)) return 1;
  return stack === 'unknown' ? Math.sqrt(fitted.eager) : fitted.eager;
}

/** Whether each operation is a kernel of its own, launched from Python. */
export function runsEager({ trainer, compile }: Training): boolean {
  const stack = stackOf(trainer);
  return !compile && stack !== 'tuned' && (stack === 'legacy' || !trainerTraits(trainer).fusedKernels);
}
