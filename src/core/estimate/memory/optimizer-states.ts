import type { LineItem } from '../line-item.ts';
import { attentionMatrices, mlpMatrices } from '../../run/matrices.ts';
import type { Training } from '../../run/training.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What the optimizer keeps of each trained parameter: its moments, and the fp32 copy of the weights where the weights
 * themselves are short. Divided from ZeRO-1 on. They appear in the first step and stay.
 */
export function optimizerStates(snapshot: Snapshot): LineItem {
  const { gpu, training, parallelism, bytes } = snapshot;
  const { denseRanks, expertRanks } = gpu;
  const isOffloaded = parallelism.cpuOffload !== 'none';
  const moments = isOffloaded ? 0 : momentBytes(snapshot);
  // LOMO writes to the weights themselves (arXiv 2306.09782 §3.1).
  const needsNoCopy = hasFp32Adapters(snapshot) || training.optimizer === 'lomo';
  const master = isOffloaded || needsNoCopy ? 0 : bytes.master;
  const perParameter = moments + master;
  return {
    id: 'optimizer_states',
    label: 'Optimizer states',
    bytes:
      (gpu.trainedDense * perParameter) / denseRanks.optimizer +
      (gpu.trainedExperts * perParameter) / expertRanks.optimizer,
    formula: gpu.trainedExperts === 0 ? '(o + m)·P/N' : '(o + m)·(P/N + Pₑ/Nₑ)',
    quantities: [
      ['o', moments],
      ['m', master],
      ['P', gpu.trainedDense],
      ['N', denseRanks.optimizer],
      ...(gpu.trainedExperts === 0
        ? []
        : ([
            ['Pₑ', gpu.trainedExperts],
            ['Nₑ', expertRanks.optimizer],
          ] as const)),
    ],
    source: isOffloaded ? 'DeepSpeed docs, offload_optimizer' : momentSource[training.optimizer],
  };
}

/** What of a GPU decides the optimizer's states, at whatever moment. */
type Kept = Pick<Snapshot, 'training' | 'model' | 'parallelism' | 'gpu' | 'bytes' | 'traits' | 'circumstances'>;

/** Bytes of the optimizer's moments for one trained parameter, averaged over all. */
export function momentBytes(snapshot: Kept): number {
  const { training, model, gpu, bytes } = snapshot;
  const moment = hasFp32Adapters(snapshot) ? 4 : bytes.moment;
  switch (training.optimizer) {
    case 'adamw':
    case 'unknown':
      return 2 * moment;
    case 'adamw-8bit':
      // Two moments of one byte, each block of 256 with an fp32 constant.
      return 2 * withWideEmbedding(snapshot, 1 + 4 / 256);
    case 'adamw-4bit':
      // Two moments of half a byte, each block of 128 with an fp32 constant.
      return 2 * (0.5 + 4 / 128);
    case 'adamw-fp8':
      return 2 * (1 + 4 / 256);
    case 'lion-8bit':
    case 'rmsprop-8bit':
      return withWideEmbedding(snapshot, 1 + 4 / 256);
    case 'ademamix-8bit':
      return 3 * withWideEmbedding(snapshot, 1 + 4 / 256);
    case 'ademamix':
    case 'grokadamw':
    case 'onebit-adam':
      // 1-bit Adam: both moments, and what the compression left out.
      return 3 * moment;
    case 'onebit-lamb':
    case 'zero-one-adam':
      // A fourth: a fresh second moment (1-bit LAMB), or the momentum of the steps since the last exchange (0/1 Adam).
      return 4 * moment;
    case 'adam-mini':
      // One second moment a head or neuron instead of one a parameter.
      return moment + moment / model.headDim;
    case 'galore':
    case 'apollo':
      return lowRankMoments(snapshot, moment, moment);
    case 'galore-8bit':
      return lowRankMoments(snapshot, 1 + 4 / 256, moment);
    case 'galore-adafactor':
      // Its projection, and a factored second moment of what is projected.
      return lowRankMoments(snapshot, 4 / model.hiddenSize, moment);
    case 'paged-adamw':
    case 'paged-adamw-8bit':
    case 'paged-lion':
    case 'paged-lion-8bit':
    case 'paged-ademamix':
    case 'paged-ademamix-8bit':
      // Unified memory: it moves to the CPU when the GPU is full, and the allocator does not count it.
      return 0;
    case 'adafactor':
      // One fp32 mean for each row and each column of a matrix, which is at least hidden_size wide.
      return 8 / model.hiddenSize;
    case 'sgd':
    case 'lomo':
    case 'sinkgd':
      return 0;
    case 'sgd-momentum':
    case 'lion':
    case 'adagrad':
    case 'rmsprop':
      return moment;
    case 'came':
      // A momentum, and factored second moments and confidence.
      return moment + 16 / model.hiddenSize;
    case 'muon': {
      // One momentum for the matrices; AdamW for embedding, head and norms.
      const trained = gpu.trainedDense + gpu.trainedExperts;
      const outer = training.method === 'full' ? gpu.outerParameters / trained : 0;
      return moment * (1 + outer);
    }
    case 'dion':
      // Muon's momentum, and a factor of each matrix that at full rank is as wide as its shorter side (§3).
      return moment * (1 + squareShare(snapshot));
  }
}

/** Transformers' Trainer leaves the embedding's moments in fp32 (`create_optimizer`, `optim_bits: 32` for nn.Embedding). */
function withWideEmbedding({ traits, training, gpu, model, parallelism }: Kept, moment: number): number {
  const isWide = traits.states === 'accelerate' && training.method === 'full' && gpu.stage !== 'last';
  const embedding = (model.vocabSize * model.hiddenSize) / parallelism.tensor;
  const share = isWide ? Math.min(1, embedding / (gpu.trainedDense + gpu.trainedExperts)) : 0;
  return share * 4 + (1 - share) * moment;
}

/**
 * Both moments of a projection of each matrix to `rank` of its shorter side, and GaLore's projection itself (arXiv
 * 2403.03507 §4.2; APOLLO's is drawn from a seed, 2412.05270 §4.1); full moments for all that is outside the layers.
 */
function lowRankMoments({ training, model, gpu }: Kept, moment: number, ofProjection: number): number {
  const isGalore = training.optimizer.startsWith('galore');
  const rank = training.optimizerRank ?? (isGalore ? 128 : 256);
  const matrices = [...attentionMatrices(model), ...mlpMatrices(model, model.intermediateSize)];
  const bytes = matrices.reduce((sum, { inputs, outputs }) => {
    const short = Math.min(inputs, outputs);
    const projected = Math.min(rank, short);
    const projection = isGalore ? ofProjection * short * projected : 0;
    return sum + 2 * moment * projected * Math.max(inputs, outputs) + projection;
  }, 0);
  const weights = matrices.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
  const outer = gpu.outerParameters / (gpu.denseParameters + gpu.expertParameters);
  return Math.min(2 * moment, outer * 2 * moment + (1 - outer) * (bytes / weights));
}

/** What a square of each matrix's shorter side takes, over all trained weights. */
function squareShare({ model }: Kept): number {
  const matrices = [...attentionMatrices(model), ...mlpMatrices(model, model.intermediateSize)];
  const squares = matrices.reduce((sum, { inputs, outputs }) => sum + Math.min(inputs, outputs) ** 2, 0);
  return squares / matrices.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
}

/** PEFT keeps adapters in fp32, so that their moments are fp32 too and need no copy. */
function hasFp32Adapters({ training, circumstances }: Kept): boolean {
  return training.method !== 'full' && circumstances.fp32Adapters;
}

const momentSource: Record<Training['optimizer'], string> = {
  adamw: 'Adam, arXiv 1412.6980 §2: two moments',
  'adamw-8bit': '8-bit optimizers, arXiv 2110.02861 §2',
  'paged-adamw': 'QLoRA, arXiv 2305.14314 §3: paged optimizers',
  'paged-adamw-8bit': 'QLoRA, arXiv 2305.14314 §3: paged optimizers',
  adafactor: 'Adafactor, arXiv 1804.04235 §3',
  'paged-lion': 'QLoRA, arXiv 2305.14314 §3: paged optimizers',
  'paged-lion-8bit': 'QLoRA, arXiv 2305.14314 §3: paged optimizers',
  'lion-8bit': '8-bit optimizers, arXiv 2110.02861 §2; Lion, 2302.06675 §3',
  'adamw-4bit': '4-bit optimizers, arXiv 2309.01507 §4',
  'adamw-fp8': 'torchao docs, low-bit optimizers',
  adagrad: 'PyTorch docs, Adagrad: one sum of squares',
  'adam-mini': 'Adam-mini, arXiv 2406.16793 §2.3',
  ademamix: 'AdEMAMix, arXiv 2409.03137 §3: three moments',
  came: 'CAME, arXiv 2307.02047 §3',
  galore: 'GaLore, arXiv 2403.03507 §4.2',
  apollo: 'APOLLO, arXiv 2412.05270 §4.1',
  lomo: 'LOMO, arXiv 2306.09782 §3.2',
  sgd: 'PyTorch docs, SGD',
  'sgd-momentum': 'PyTorch docs, SGD: one momentum buffer',
  lion: 'Lion, arXiv 2302.06675 §3: one moment',
  'onebit-adam': '1-bit Adam, arXiv 2102.02888; DeepSpeed, runtime/fp16/onebit/adam.py',
  'onebit-lamb': '1-bit LAMB, arXiv 2104.06069; DeepSpeed, runtime/fp16/onebit/lamb.py',
  'zero-one-adam': '0/1 Adam, arXiv 2202.06009; DeepSpeed, runtime/fp16/onebit/zoadam.py',
  muon: 'Muon, kellerjordan.github.io/posts/muon',
  rmsprop: 'PyTorch docs, RMSprop: one mean of squares',
  'rmsprop-8bit': '8-bit optimizers, arXiv 2110.02861 §2',
  'ademamix-8bit': 'AdEMAMix, arXiv 2409.03137 §3; 8-bit optimizers, 2110.02861 §2',
  'paged-ademamix': 'QLoRA, arXiv 2305.14314 §3: paged optimizers',
  'paged-ademamix-8bit': 'QLoRA, arXiv 2305.14314 §3: paged optimizers',
  grokadamw: 'GrokAdamW, github.com/cognitivecomputations/grokadamw: two moments and a mean of gradients',
  'galore-8bit': 'GaLore, arXiv 2403.03507 §4.3',
  'galore-adafactor': 'GaLore, arXiv 2403.03507 §4.2; Adafactor, 1804.04235 §3',
  dion: 'Dion, arXiv 2504.05295 §3',
  sinkgd: 'SinkGD, arXiv 2502.06742: no states',
  unknown: 'not known: as many as AdamW has',
};
