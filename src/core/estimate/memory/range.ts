import type { MemoryEstimate, MemoryUnknown } from '../estimate.ts';
import type { DescribedRun } from '../described-run.ts';
import type { Evidence, TrainerTraits } from '../trainers/trainer.ts';
import { circumstances, type Circumstances } from './circumstances.ts';
import type { GpuShare } from './gpu-share.ts';
import { peakMemory, type Peak } from './peak.ts';

/** Circumstances that one fact would settle together. */
interface Unknown {
  readonly field: string;
  readonly circumstances: readonly (keyof Circumstances)[];
  readonly reason: string;
}

/** Each end is about as far off as is common; the range reaches this many times further, so that nine in ten measurements are inside. */
const spread = 1.4;

/**
 * Of the estimate: how far off it is where nothing is left open, by what the formulas leave out. Both are such that nine
 * in ten measurements are inside when their own source has not been seen.
 */
const unmodeled: Readonly<Record<Evidence, number>> = { measured: 0.09, replayed: 0.09, read: 0.14, unknown: 0.2 };

const unknowns: readonly Unknown[] = [
  {
    field: 'training.fused_loss',
    circumstances: ['bytesPerLogit', 'logitsAtOnce'],
    reason: 'how many copies of the logits are alive at once depends on the loss kernel and its version',
  },
  { field: 'training.compile', circumstances: ['fusedKernels'], reason: 'fused norms and activations keep less' },
  {
    field: 'training.trainer',
    circumstances: ['savedShare', 'expandedKeyValues', 'workingShare'],
    reason: 'kernels of trainers and of their versions keep more or less for the backward pass',
  },
  { field: 'training.dropout', circumstances: ['dropout'], reason: 'dropout keeps a mask' },
  { field: 'training.packing', circumstances: ['fill'], reason: 'batches that are not packed may be shorter' },
  {
    field: 'model.moe',
    circumstances: ['expertImbalance', 'fusedWeighting'],
    reason: 'the busiest expert rank may get more tokens than the others, and kernels weight them in fp32 or not',
  },
  {
    field: 'training.quantization',
    circumstances: ['upcastsUnquantized'],
    reason: 'what is outside the quantized matrices is cast to fp32 by some methods only',
  },
  {
    field: 'training.lora',
    circumstances: ['fp32Adapters'],
    reason: 'adapters may be fp32 or as short as the base',
  },
  {
    field: 'training.optimizer',
    circumstances: ['foreachOptimizer'],
    reason: 'AdamW over all tensors at once (foreach) builds temporaries, a fused one does not',
  },
  {
    field: 'training.optimizer',
    circumstances: ['optimizer'],
    reason: 'the states of this optimizer are not known: from none to three moments',
  },
  {
    field: 'training.activation_checkpointing',
    circumstances: ['activationCheckpointing'],
    reason: 'this mode is not known: it may recompute everything or nothing',
  },
  {
    field: 'training.trainer_version',
    circumstances: ['keepsFrozenInputs'],
    reason: 'bitsandbytes before 0.43.2 kept the input of each 4-bit matrix',
  },
  {
    field: 'training.trainer_version',
    circumstances: ['quantizesExperts'],
    reason: 'transformers 5 leaves experts as wide as they are loaded, versions before it quantized them',
  },
  {
    field: 'parallelism.sync_each_batch',
    circumstances: ['wholeGradients'],
    reason: 'gradients that are not reduced after each micro batch stay whole on every rank',
  },
  {
    field: 'memory.fragmentation',
    circumstances: ['fragmentation', 'displacement', 'capacityBytes'],
    reason: 'the allocator may hold more or less memory that it cannot use',
  },
  {
    field: 'memory.framework',
    circumstances: ['contextBytes', 'communicatorBytes', 'workspaceBytes'],
    reason: 'context, communicators and workspaces depend on driver and libraries',
  },
];

/**
 * The range of a peak. Each unknown is taken to either of its ends alone, and all of them together. Unknowns that have
 * nothing to do with one another add up in quadrature: of what all do together, the share is taken that their squares'
 * root is of their sum.
 */
export function memoryRange(
  run: DescribedRun,
  traits: TrainerTraits,
  peak: Peak,
  shares: readonly GpuShare[],
): Pick<MemoryEstimate, 'lowBytes' | 'highBytes' | 'ranges' | 'widenedBy'> {
  const likely = circumstances(run, traits, 'likely');
  const peakIn = (assumed: Circumstances): Peak => peakMemory(run, traits, assumed, shares);
  const ends = (['low', 'high'] as const).map((outlook) =>
    endOf(peak, likely, circumstances(run, traits, outlook), peakIn),
  );
  const [below, above] = ends as [End, End];
  // What lasts is there whatever comes and goes.
  const floor = lastingBytes(below.together);
  const rangeOf = (figure: keyof Figures): readonly [number, number] => [
    Math.max(floor, peak[figure] - distance(peak, below, figure, traits.evidence)),
    peak[figure] + distance(peak, above, figure, traits.evidence),
  ];
  const ranges = {
    allocated: rangeOf('allocatedBytes'),
    reserved: rangeOf('reservedBytes'),
    peak: rangeOf('peakBytes'),
  };
  return { lowBytes: ranges.peak[0], highBytes: ranges.peak[1], ranges, widenedBy: widest(below, above) };
}

/** The peaks with each unknown at one end, in the order of the unknowns, and with all of them there. */
interface End {
  readonly alone: readonly Peak[];
  readonly together: Peak;
}

function endOf(peak: Peak, likely: Circumstances, end: Circumstances, peakIn: (assumed: Circumstances) => Peak): End {
  const alone = unknowns.map(({ circumstances: keys }) => {
    if (keys.every((key) => end[key] === likely[key])) return peak;
    return peakIn({ ...likely, ...Object.fromEntries(keys.map((key) => [key, end[key]])) });
  });
  return { alone, together: peakIn(end) };
}

function lastingBytes({ items }: Peak): number {
  const lasting = ['parameters', 'optimizer_states', 'model_copies'];
  return items.reduce((sum, { id, bytes }) => (lasting.includes(id) ? sum + bytes : sum), 0);
}

function distance(peak: Peak, { alone, together }: End, figure: keyof Figures, evidence: Evidence): number {
  const away = (other: Peak): number => Math.abs(other[figure] - peak[figure]);
  const sum = alone.reduce((total, other) => total + away(other), 0);
  const open = sum === 0 ? away(together) : spread * away(together) * (Math.hypot(...alone.map(away)) / sum);
  return Math.hypot(open, unmodeled[evidence] * peak[figure]);
}

type Figures = Pick<Peak, 'allocatedBytes' | 'reservedBytes' | 'peakBytes'>;

function widest(below: End, above: End): MemoryUnknown[] {
  return unknowns
    .map(({ field, reason }, index) => {
      const ends = [below, above].flatMap(({ alone }) => alone[index]?.peakBytes ?? []);
      return { field, lowBytes: Math.min(...ends), highBytes: Math.max(...ends), reason };
    })
    .filter(({ lowBytes, highBytes }) => highBytes > lowBytes)
    .sort((a, b) => b.highBytes - b.lowBytes - (a.highBytes - a.lowBytes));
}
