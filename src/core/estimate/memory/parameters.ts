import type { LineItem } from '../line-item.ts';
import type { Training } from '../../run/training.ts';
import type { GpuShare } from './gpu-share.ts';
import { frozenWeightBytes } from './frozen-base.ts';
import { computeBytes } from './state-bytes.ts';
import type { Snapshot } from './snapshot.ts';

/** Weights on one GPU: trained ones in the trainer's type, frozen ones in theirs, both divided by ZeRO-3 and FSDP. */
export function parameters(snapshot: Snapshot): LineItem {
  const { gpu, training, parallelism, bytes } = snapshot;
  const { denseRanks, expertRanks } = gpu;
  // Offloaded parameters visit the GPU a few layers at a time: those are buffers (DeepSpeed docs, offload_param).
  if (parallelism.cpuOffload === 'parameters') return item(0, '0', [], 'DeepSpeed docs, offload_param');
  if (training.method === 'full') {
    const dense = (gpu.denseParameters * bytes.weight) / denseRanks.weights;
    const experts = (gpu.expertParameters * bytes.weight) / expertRanks.weights;
    return item(
      dense + experts,
      formula('w·P/N', experts, 'w·Pₑ/Nₑ'),
      quantities(gpu, 'w', bytes.weight),
      bytes.source,
    );
  }
  const adapters = (gpu.trainedDense * adapterBytes(snapshot)) / denseRanks.weights;
  const frozen = frozenBytes(snapshot);
  return item(
    adapters + frozen.bytes,
    `${frozen.formula} + a·A/N`,
    [...frozen.quantities, ['a', adapterBytes(snapshot)], ['A', gpu.trainedDense], ['N', denseRanks.weights]],
    frozen.source,
  );
}

/** fp32 adapters serve a base of any type; others are as short as the matrices that they are multiplied with. */
export function adapterBytes({ circumstances, training }: Snapshot): number {
  return circumstances.fp32Adapters ? 4 : computeBytes(training.precision);
}

type Quantity = LineItem['quantities'][number];

interface Frozen {
  readonly bytes: number;
  readonly formula: string;
  readonly quantities: readonly Quantity[];
  readonly source: string;
}

function frozenBytes(snapshot: Snapshot): Frozen {
  const { gpu, training, circumstances } = snapshot;
  const outer = gpu.outerParameters;
  const blocks = gpu.denseParameters - outer;
  const outerBytes = outerWeightBytes(snapshot);
  const blockBytes =
    quantizedBytes(training.quantization) ?? frozenWeightBytes(snapshot.training, snapshot.traits, snapshot.bytes);
  const expertBytes = circumstances.quantizesExperts ? blockBytes : outerBytes;
  return {
    bytes:
      (outer * outerBytes + blocks * blockBytes) / gpu.denseRanks.weights +
      (gpu.expertParameters * expertBytes) / gpu.expertRanks.weights,
    formula: formula('(o·O + w·B)/N', gpu.expertParameters, 'e·Pₑ/Nₑ'),
    quantities: [
      ['o', outerBytes],
      ['O', outer],
      ['w', blockBytes],
      ['B', blocks],
      ...(gpu.expertParameters === 0 ? [] : [['e', expertBytes] as const]),
      ...expertQuantities(gpu),
    ],
    source: training.quantization === null ? 'LoRA, arXiv 2106.09685 §4.2' : 'QLoRA, arXiv 2305.14314 §3',
  };
}

/** Embedding, head and norms are not quantized, nor experts that are no matrices of their own. */
function outerWeightBytes(snapshot: Snapshot): number {
  const { training, circumstances } = snapshot;
  if (training.quantization !== null && circumstances.upcastsUnquantized) return 4;
  return frozenWeightBytes(snapshot.training, snapshot.traits, snapshot.bytes);
}

/**
 * NF4 stores 4 bits and an fp32 constant for 64 values; double quantization shrinks the constant to 8 bits and one fp32
 * for 256 constants (arXiv 2305.14314 §3). LLM.int8 stores one byte (arXiv 2208.07339 §3).
 */
export function quantizedBytes(quantization: Training['quantization']): number | null {
  if (quantization === null) return null;
  if (quantization.bits === 8) return 1;
  return quantization.double ? 0.5 + 1 / 64 + 4 / (64 * 256) : 0.5 + 4 / 64;
}

function formula(dense: string, experts: number, withExperts: string): string {
  return experts === 0 ? dense : `${dense} + ${withExperts}`;
}

function quantities(gpu: GpuShare, symbol: string, bytes: number): Quantity[] {
  return [[symbol, bytes], ['P', gpu.denseParameters], ['N', gpu.denseRanks.weights], ...expertQuantities(gpu)];
}

function expertQuantities(gpu: GpuShare): Quantity[] {
  if (gpu.expertParameters === 0) return [];
  return [
    ['Pₑ', gpu.expertParameters],
    ['Nₑ', gpu.expertRanks.weights],
  ];
}

function item(bytes: number, formula: string, quantities: readonly Quantity[], source: string): LineItem {
  return { id: 'parameters', label: 'Parameters', bytes, formula, quantities, source };
}
